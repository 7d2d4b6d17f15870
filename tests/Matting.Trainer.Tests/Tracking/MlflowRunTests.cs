using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Tests.Training;
using Matting.Trainer.Training;
using Matting.Trainer.Training.Records;

namespace Matting.Trainer.Tests.Tracking;

/// <summary>Training runs that are also written for MLflow, field by field against the documented layout.</summary>
public sealed class MlflowRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Store => _folder.File("mlruns");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_written_with_every_field_of_the_layout()
    {
        CollectingObserver seen = new();
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Recipe recipe = Recipe("run") with { Ema = new EmaRecipe { Decay = 0.5 } };
        TrainingResult result = TrainingRun.Run(recipe, seen, Stop);
        long after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        Assert.True(Directory.Exists(Path.Combine(Store, ".trash")));
        Assert.Equal("Default", MlflowFiles.Meta(Path.Combine(Store, "0"))["name"]);
        string experiment = MlflowFiles.Experiment(Store, "mattes of May");
        string id = Path.GetFileName(experiment);
        Dictionary<string, object?> meta = MlflowFiles.Meta(experiment);
        Assert.Equal(["artifact_location", "creation_time", "experiment_id", "last_update_time", "lifecycle_stage", "name"], meta.Keys);
        Assert.Equal((id, "active", new Uri(experiment).AbsoluteUri), (meta["experiment_id"], meta["lifecycle_stage"], meta["artifact_location"]));
        // an id that is not quoted would become a number
        Assert.Contains($"experiment_id: '{id}'\n", File.ReadAllText(Path.Combine(experiment, "meta.yaml")), StringComparison.Ordinal);

        string run = Assert.Single(MlflowFiles.Runs(experiment));
        string runId = Path.GetFileName(run);
        Assert.Matches("^[0-9a-f]{32}$", runId);
        meta = MlflowFiles.Meta(run);
        Assert.Equal(
            ["artifact_uri", "deleted_time", "end_time", "entry_point_name", "experiment_id", "lifecycle_stage", "run_id", "run_name", "run_uuid",
                "source_name", "source_type", "source_version", "start_time", "status", "tags", "user_id"],
            meta.Keys);
        Assert.Equal(new Uri(Path.Combine(run, "artifacts")).AbsoluteUri, meta["artifact_uri"]);
        Assert.Equal((id, runId, runId, "run", Environment.UserName), (meta["experiment_id"], meta["run_id"], meta["run_uuid"], meta["run_name"], meta["user_id"]));
        Assert.Equal(("3", "4", "active", "", "", ""), (meta["status"], meta["source_type"], meta["lifecycle_stage"], meta["source_name"], meta["source_version"], meta["entry_point_name"]));
        Assert.Empty(Assert.IsType<List<object>>(meta["tags"]));
        Assert.InRange(long.Parse((string)meta["start_time"]!, null), before, after);
        Assert.InRange(long.Parse((string)meta["end_time"]!, null), long.Parse((string)meta["start_time"]!, null), after);

        SortedDictionary<string, string> parameters = MlflowFiles.Values(run, "params");
        Assert.Equal(("adamw", "0.002", "[0.9, 0.999]", "0.5", "null", "64"),
            (parameters["optimiser.name"], parameters["optimiser.lr"], parameters["optimiser.betas"], parameters["ema.decay"], parameters["data.limit"], parameters["augment.crop"]));
        Assert.Equal((result.Folder.Folder, recipe.Data.Train!), (parameters["output"], parameters["data.train"]));
        SortedDictionary<string, string> tags = MlflowFiles.Values(run, "tags");
        Assert.Equal(("run", Environment.UserName, "matting-train", "LOCAL"), (tags["mlflow.runName"], tags["mlflow.user"], tags["mlflow.source.name"], tags["mlflow.source.type"]));
        Assert.Equal(GitState.Of(Environment.CurrentDirectory)?.Commit, tags.GetValueOrDefault("mlflow.source.git.commit"));
        Assert.Equal(("u2netp", "cpu", result.Folder.Folder), (tags["matting.network"], tags["matting.device"], tags["matting.folder"]));
        // MLflow refuses other names
        Assert.All(parameters.Keys.Concat(tags.Keys), key => Assert.Matches(@"^[\w.\- ]+$", key));

        AssertMetric(run, "val_mse", [.. seen.Epochs.Select(epoch => ((long)epoch.Epoch, epoch.ValMse))], before, after);
        AssertMetric(run, "train_loss", [.. seen.Epochs.Select(epoch => ((long)epoch.Epoch, epoch.TrainLoss))], before, after);
        AssertMetric(run, "train_mse", [.. seen.Epochs.Select(epoch => ((long)epoch.Epoch, epoch.TrainMse))], before, after);
        AssertMetric(run, "ema_val_mse", [.. seen.Epochs.Select(epoch => ((long)epoch.Epoch, epoch.EmaValMse!.Value))], before, after);
        AssertMetric(run, "lr", [.. seen.Epochs.Select(epoch => ((long)epoch.Epoch, epoch.Lr))], before, after);
        AssertMetric(run, "step_loss", [.. seen.Reports.Select(step => (step.RunStep, step.Result.Loss))], before, after);
        AssertMetric(run, "step_mse", [.. seen.Reports.Select(step => (step.RunStep, step.Result.Mse))], before, after);
        AssertMetric(run, "step_lr", [.. seen.Reports.Select(step => (step.RunStep, step.Lr))], before, after);
        Assert.Equal(
            ["data_wait_share", "ema_val_mse", "lr", "samples_per_second", "step_loss", "step_lr", "step_mse", "train_loss", "train_mse", "val_mse"],
            MlflowFiles.Values(run, "metrics").Keys.Except(["peak_memory_mib"]));

        foreach ((string copy, string original) in ((string, string)[])
            [("recipe.yaml", result.Folder.RecipePath), ("log.csv", result.Folder.LogPath), ("checkpoints/u2netp_best.pth", result.Folder.BestPath), ("checkpoints/u2netp_best_ema.pth", result.Folder.BestEmaPath)])
            Assert.Equal(File.ReadAllBytes(original), File.ReadAllBytes(Path.Combine(run, "artifacts", copy)));
        string[] Pictures(string folder) => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(Pictures(result.Folder.PicturesPath));
        Assert.Equal(Pictures(result.Folder.PicturesPath), Pictures(Path.Combine(run, "artifacts", "pictures")));
    }

    [Fact]
    public void Being_tracked_changes_nothing_of_a_run_and_a_second_run_is_another_one_of_the_experiment()
    {
        TrainingResult plain = TrainingRun.Run(TinyRuns.Recipe(_folder, "plain", epochs: 1), new CollectingObserver(), Stop);
        TrainingResult first = TrainingRun.Run(Recipe("run", epochs: 1), new CollectingObserver(), Stop);
        TrainingRun.Run(Recipe("run", epochs: 1), new CollectingObserver(), Stop);

        Assert.Equal(File.ReadAllBytes(plain.Folder.BestPath), File.ReadAllBytes(first.Folder.BestPath));
        Assert.Equal(["run", "run 2"], MlflowFiles.Runs(MlflowFiles.Experiment(Store, "mattes of May")).Select(run => MlflowFiles.Meta(run)["run_name"]));
        Assert.Equal(["u2netp_best.pth", "u2netp_best_2.pth"], Directory.GetFiles(Store, "*.pth", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_that_is_stopped_counts_as_killed()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        TrainingRun.Run(Recipe("run"), new CollectingObserver { OnStep = (_, step) => { if (step == 2) stop.Cancel(); } }, stop.Token);
        Dictionary<string, object?> meta = OnlyRun();
        Assert.Equal("5", meta["status"]);
        Assert.NotNull(meta["end_time"]);
    }

    [Fact]
    public void A_run_that_is_resumed_ends_with_the_figures_of_one_that_never_stopped()
    {
        TrainingRun.Run(Recipe("whole"), new CollectingObserver(), Stop);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        TrainingRun.Run(Recipe("stopped"), new CollectingObserver { OnStep = (epoch, step) => { if ((epoch, step) == (2, 2)) stop.Cancel(); } }, stop.Token);
        TrainingRun.Resume(_folder.File("stopped"), [], new CollectingObserver(), save: null, Stop);

        string[] runs = MlflowFiles.Runs(MlflowFiles.Experiment(Store, "mattes of May"));
        Assert.Equal(["whole", "stopped"], runs.Select(run => MlflowFiles.Meta(run)["run_name"]));
        Assert.Equal("3", MlflowFiles.Meta(runs[1])["status"]);
        foreach (string metric in (string[])["train_loss", "train_mse", "val_mse", "lr", "step_loss", "step_mse", "step_lr"])
            Assert.Equal(Figures(runs[0], metric), Figures(runs[1], metric));
    }

    [Fact]
    public void A_run_that_is_tracked_from_its_resumption_on_has_the_figures_of_all_its_epochs()
    {
        TrainingRun.Run(TinyRuns.Recipe(_folder, "run", epochs: 1), new CollectingObserver(), Stop);
        CollectingObserver seen = new();
        TrainingRun.Resume(_folder.File("run"), ["epochs=2", $"mlflow.folder={Store}"], seen, save: null, Stop);
        string run = Assert.Single(MlflowFiles.Runs(MlflowFiles.Experiment(Store, "matting")));
        Assert.Equal([1L, 2L], MlflowFiles.Metric(run, "val_mse").Select(line => line.Step));
        Assert.Equal([2L], MlflowFiles.Metric(run, "samples_per_second").Select(line => line.Step));
        Assert.Equal([4L, 5L, 6L], MlflowFiles.Metric(run, "step_loss").Select(line => line.Step));
    }

    [Fact]
    public void A_run_that_fails_counts_as_failed_and_its_own_error_is_what_is_said()
    {
        StateDict broken = new();
        foreach ((string name, WeightTensor tensor) in NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 1))
            broken.Add(name, name == "outconv.bias" ? WeightTensor.FromFloat32([float.NaN], 1) : tensor);
        PthFile.Write(_folder.File("broken.pth"), broken);
        Assert.Throws<TrainingException>(() => TrainingRun.Run(Recipe("run") with { Init = _folder.File("broken.pth") }, new CollectingObserver(), Stop));
        Assert.Equal("4", OnlyRun()["status"]);
    }

    [Fact]
    public void A_store_that_cannot_be_one_stops_the_run_before_its_first_step()
    {
        File.WriteAllText(Store, "a file");
        CollectingObserver observer = new();
        IOException e = Assert.ThrowsAny<IOException>(() => TrainingRun.Run(Recipe("run"), observer, Stop));
        Assert.Contains(Store, e.Message, StringComparison.Ordinal);
        Assert.Empty(observer.Steps);
    }

    private static (long, double)[] Figures(string run, string metric) => [.. MlflowFiles.Metric(run, metric).Select(line => (line.Step, line.Value))];

    private Dictionary<string, object?> OnlyRun() => MlflowFiles.Meta(Assert.Single(MlflowFiles.Runs(MlflowFiles.Experiment(Store, "mattes of May"))));

    private Recipe Recipe(string output, int epochs = 2) =>
        TinyRuns.Recipe(_folder, output, epochs) with { Mlflow = new MlflowRecipe { Folder = Store, Experiment = "mattes of May" } };

    private static void AssertMetric(string run, string key, (long Step, double Value)[] expected, long before, long after)
    {
        (long Time, double Value, long Step)[] lines = MlflowFiles.Metric(run, key);
        Assert.Equal(expected, lines.Select(line => (line.Step, line.Value)));
        Assert.All(lines, line => Assert.InRange(line.Time, before, after));
        Assert.Equal(lines.Select(line => line.Time).Order(), lines.Select(line => line.Time));
    }
}
