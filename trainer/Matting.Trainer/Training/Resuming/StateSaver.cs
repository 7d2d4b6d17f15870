using Matting.Trainer.Recipes;

namespace Matting.Trainer.Training.Resuming;

/// <summary>Saves the state of a run whenever it is due: watches the run as the last of its observers, so everything else of a step or an epoch is done.</summary>
/// <param name="path">The state file.</param>
/// <param name="origin">What the run began with.</param>
/// <param name="recipe">How often is due.</param>
/// <param name="model">What is trained.</param>
/// <param name="progress">Where the run is.</param>
/// <param name="request">Asks for more; null: nobody does.</param>
/// <param name="observer">Is told of each state that was saved.</param>
/// <param name="clock">Tells the minutes.</param>
internal sealed class StateSaver(
    string path, RunOrigin origin, Recipe recipe, RunModel model, RunProgress progress, SaveRequest? request, ITrainingObserver observer, TimeProvider clock)
    : ITrainingObserver
{
    private long _savedAt = clock.GetTimestamp();

    /// <summary>Saves the state as it is now.</summary>
    /// <exception cref="IOException">The disk refuses; the earlier state is still there.</exception>
    public void Save()
    {
        RunState.Write(path, origin, recipe.Seed, model, progress);
        _savedAt = clock.GetTimestamp();
        observer.StateSaved(path);
    }

    /// <summary>Saves the state as it is now, if the disk lets it: for a run that ends with an error, which matters more than another one.</summary>
    public void TrySave()
    {
        try
        {
            Save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the earlier state is still there
        }
    }

    /// <summary>Saves after a step when it is time, or when somebody asked.</summary>
    public void StepTaken(StepReport step)
    {
        bool asked = request?.Take() == true;
        bool enough = recipe.Save.EverySteps is int steps && step.RunStep % steps == 0;
        bool late = recipe.Save.EveryMinutes is double minutes && clock.GetElapsedTime(_savedAt).TotalMinutes >= minutes;
        if (asked || enough || late)
            Save();
    }

    /// <summary>Saves in the middle of a validation when somebody asked.</summary>
    public void Validated(int epoch, int samples)
    {
        if (request?.Take() == true)
            Save();
    }

    /// <summary>Saves after an epoch.</summary>
    public void EpochDone(EpochReport epoch) => Save();
}
