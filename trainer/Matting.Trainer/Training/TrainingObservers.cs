using Matting.Trainer.Data;

namespace Matting.Trainer.Training;

/// <summary>Several observers of one run, told in their order.</summary>
/// <param name="observers">Who watches.</param>
public sealed class TrainingObservers(params IReadOnlyList<ITrainingObserver> observers) : ITrainingObserver
{
    /// <inheritdoc/>
    public void Starting(RunOverview run) => Tell(observer => observer.Starting(run));

    /// <inheritdoc/>
    public void Noticed(string message) => Tell(observer => observer.Noticed(message));

    /// <inheritdoc/>
    public void EpochBegins(int epoch, Batch batch) => Tell(observer => observer.EpochBegins(epoch, batch));

    /// <inheritdoc/>
    public void StepTaken(StepReport step) => Tell(observer => observer.StepTaken(step));

    /// <inheritdoc/>
    public int JudgedWanted(int epoch) => observers.Select(observer => observer.JudgedWanted(epoch)).DefaultIfEmpty(0).Max();

    /// <summary>Tells those of a judged sample that asked for it.</summary>
    /// <inheritdoc cref="ITrainingObserver.Judged"/>
    public void Judged(int epoch, JudgedSample sample) => Tell(observer =>
    {
        if (sample.Index < observer.JudgedWanted(epoch))
            observer.Judged(epoch, sample);
    });

    /// <inheritdoc/>
    public void Validated(int epoch, int samples) => Tell(observer => observer.Validated(epoch, samples));

    /// <inheritdoc/>
    public void EpochJudged(EpochReport epoch) => Tell(observer => observer.EpochJudged(epoch));

    /// <inheritdoc/>
    public void EpochDone(EpochReport epoch) => Tell(observer => observer.EpochDone(epoch));

    /// <inheritdoc/>
    public void StateSaved(string path) => Tell(observer => observer.StateSaved(path));

    private void Tell(Action<ITrainingObserver> what)
    {
        foreach (ITrainingObserver observer in observers)
            what(observer);
    }
}
