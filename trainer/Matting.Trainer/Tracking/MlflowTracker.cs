using System.Globalization;
using System.Text.Json;
using Matting.Shared.Files;
using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;
using Matting.Trainer.Training.Records;

namespace Matting.Trainer.Tracking;

/// <summary>
/// Writes a run to an MLflow file store as it goes: settings as params, figures as metrics (those of epochs by epoch, those of steps under
/// <c>step_</c> by step), checkpoints, pictures, recipe and logs as artifacts. A run that is resumed goes on in the same run of MLflow.
/// </summary>
internal sealed class MlflowTracker : ITrainingObserver, IDisposable
{
    private static readonly string[] StepMetrics = ["step_loss", "step_mse", "step_lr"];
    private static readonly string[] EpochMetrics =
        ["train_loss", "train_mse", "val_mse", "ema_val_mse", "lr", "samples_per_second", "data_wait_share", "peak_memory_mib"];


    private readonly Recipe _recipe;
    private readonly MlflowStore _store;
    private MlflowArtifacts? _artifacts;
    private MlflowRun? _run;

    private MlflowTracker(Recipe recipe, TimeProvider clock) => (_recipe, _store) = (recipe, new MlflowStore(recipe.Mlflow.Folder!, clock));

    /// <summary>The tracker that a recipe asks for, or null.</summary>
    /// <param name="recipe">The recipe with full paths.</param>
    /// <param name="clock">Tells the times that are written down; null: the system's.</param>
    public static MlflowTracker? Of(Recipe recipe, TimeProvider? clock = null) =>
        recipe.Mlflow.Folder is null ? null : new MlflowTracker(recipe, clock ?? TimeProvider.System);

    /// <inheritdoc/>
    public void Starting(RunOverview run)
    {
        _run = Claim(run.Folder, out bool continued);
        _artifacts = new MlflowArtifacts(run.Folder, _run.Artifacts);
        if (continued)
        {
            Forget(run.StepsDone + 1, run.History.Count + 1);
        }
        else
        {
            // not tracked until now; the times of these epochs are not known any more
            foreach (EpochReport epoch in run.History)
                NoteFigures(epoch);
        }
        foreach ((string key, string value) in Settings(_recipe with { Output = run.Folder.Folder }))
            _run.Param(key, value);
        foreach ((string key, string value) in Tags(run))
            _run.Tag(key, value);
        _artifacts.Update();
    }

    /// <inheritdoc/>
    public void Noticed(string message)
    {
    }

    /// <inheritdoc/>
    public void StepTaken(StepReport step)
    {
        _run!.Metric("step_loss", step.Result.Loss, step.RunStep);
        _run.Metric("step_mse", step.Result.Mse, step.RunStep);
        _run.Metric("step_lr", step.Lr, step.RunStep);
    }

    /// <inheritdoc/>
    public void Validated(int epoch, int samples)
    {
    }

    /// <inheritdoc/>
    public void EpochDone(EpochReport epoch)
    {
        NoteFigures(epoch);
        Note(epoch, "samples_per_second", epoch.SamplesPerSecond);
        Note(epoch, "data_wait_share", epoch.DataWaitShare);
        Note(epoch, "peak_memory_mib", epoch.PeakMemoryBytes / (double)ByteUnits.MiB);
        _artifacts!.Update();
    }

    /// <summary>Ends the run as its result says.</summary>
    public void Finish(TrainingResult result) => End(result.Interrupted ? MlflowStatus.Killed : MlflowStatus.Finished);

    /// <summary>Ends a run that <see cref="Finish"/> has not ended, as one that failed.</summary>
    public void Dispose()
    {
        try
        {
            End(MlflowStatus.Failed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the exception that ended the run says more than a disk that refuses once again
        }
    }

    private void End(MlflowStatus status)
    {
        if (_run is not { } run)
            return;
        _run = null;
        try
        {
            _artifacts!.Update();
        }
        finally
        {
            run.Set(status);
        }
    }

    private void NoteFigures(EpochReport epoch)
    {
        Note(epoch, "train_loss", epoch.TrainLoss);
        Note(epoch, "train_mse", epoch.TrainMse);
        Note(epoch, "val_mse", epoch.ValMse);
        Note(epoch, "ema_val_mse", epoch.EmaValMse);
        Note(epoch, "lr", epoch.Lr);
    }

    private void Note(EpochReport epoch, string metric, double? value)
    {
        if (value is double number)
            _run!.Metric(metric, number, epoch.Epoch);
    }

    /// <summary>What was noted after the moment that a run goes on from will be noted again.</summary>
    private void Forget(long step, int epoch)
    {
        foreach (string key in StepMetrics)
            _run!.ForgetMetric(key, step);
        foreach (string key in EpochMetrics)
            _run!.ForgetMetric(key, epoch);
    }

    /// <summary>The run of MLflow that the run folder remembers, or a new one.</summary>
    private MlflowRun Claim(RunFolder folder, out bool continued)
    {
        string memory = Path.Combine(folder.Folder, folder.Number == 1 ? "mlflow.json" : string.Create(CultureInfo.InvariantCulture, $"mlflow_{folder.Number}.json"));
        MlflowRun? earlier = Remembered(memory) is { } known ? MlflowRun.Continue(_store, known) : null;
        continued = earlier is not null;
        if (earlier is not null)
            return earlier;
        string name = Path.GetFileName(folder.Folder) + (folder.Number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {folder.Number}"));
        MlflowRun run = MlflowRun.Create(_store, _store.Experiment(_recipe.Mlflow.Experiment), name);
        AtomicFile.WriteText(memory, JsonSerializer.Serialize(new Memory(run.Folder)) + "\n");
        return run;
    }

    private static string? Remembered(string memory)
    {
        try
        {
            return File.Exists(memory) ? JsonSerializer.Deserialize<Memory>(File.ReadAllText(memory))?.Run : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Key, string Value)> Settings(Recipe recipe) => Flat(YamlSettings.ReadSection(SettingWriter.Write(recipe), "recipe"), "");

    private static IEnumerable<(string Key, string Value)> Flat(SettingSection section, string prefix) => section.Entries.SelectMany(entry => entry.Value switch
    {
        SettingSection inner => Flat(inner, $"{prefix}{entry.Key}."),
        SettingList list => [(prefix + entry.Key, $"[{string.Join(", ", list.Items.OfType<SettingScalar>().Select(item => item.Text))}]")],
        SettingNode value => [(prefix + entry.Key, ((SettingScalar)value).Text)],
    });

    private static IEnumerable<(string Key, string Value)> Tags(RunOverview run)
    {
        if (GitState.Of(Environment.CurrentDirectory) is { } git)
            yield return ("mlflow.source.git.commit", git.Commit);
        yield return ("mlflow.user", Environment.UserName);
        yield return ("mlflow.source.name", "matting-train");
        yield return ("mlflow.source.type", "LOCAL");
        yield return ("matting.folder", run.Folder.Folder);
        yield return ("matting.network", run.Network);
        yield return ("matting.device", run.Device);
        yield return ("matting.engine", run.Engine);
        yield return ("matting.samples", string.Create(CultureInfo.InvariantCulture, $"{run.TrainSamples} training, {run.ValSamples} validation"));
    }

    private sealed record Memory(string Run);
}
