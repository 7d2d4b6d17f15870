using Matting.Trainer.Recipes;

namespace Matting.Trainer.Training.Records;

/// <summary>What a run leaves behind for people and programs: both logs and the description of its environment.</summary>
internal sealed class RunRecords : ITrainingObserver, IDisposable
{
    private readonly EventLog _events;
    private readonly TrainingLog _log;

    private RunRecords(EventLog events, TrainingLog log, IReadOnlyList<string> notices) => (_events, _log, Notices) = (events, log, notices);

    /// <summary>What was not as it should be, each one line for people.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>Opens the records of a run, and makes them what they were when its state was saved.</summary>
    /// <exception cref="TrainingException">Another process is training this run.</exception>
    public static RunRecords Open(RunFolder folder, Recipe recipe, RunMachine machine, RunProgress progress, bool resumed)
    {
        // first of all the log that keeps others away from the run
        EventLog events = EventLog.Open(folder.EventsPath, progress, out string? missing);
        try
        {
            if (resumed)
                RecipeFile.Write(folder.RecipePath, recipe, overwrite: true);
            string? environment = EnvironmentFile.Add(
                folder.EnvironmentPath, RunEnvironment.Describe(machine, recipe.Machine.Device, DateTimeOffset.Now));
            TrainingLog log = new(folder.LogPath, recipe.Ema.Decay is not null);
            return new RunRecords(events, log, [.. new[] { missing, log.Restore(progress.History), environment }.OfType<string>()]);
        }
        catch
        {
            events.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void StepTaken(StepReport step) => _events.StepTaken(step);

    /// <inheritdoc/>
    public void EpochDone(EpochReport epoch)
    {
        _log.EpochDone(epoch);
        _events.EpochDone(epoch);
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();
}
