using Matting.Trainer.Data;

namespace Matting.Trainer.Training;

/// <summary>
/// Watches a run; called from the thread that trains, which waits meanwhile. The library itself prints nothing. Members that an observer
/// need not care about do nothing by themselves.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>Everything is ready, the first step comes next.</summary>
    void Starting(RunOverview run)
    {
    }

    /// <summary>Something worth knowing about the run turned up; said once.</summary>
    /// <param name="message">One line.</param>
    void Noticed(string message)
    {
    }

    /// <summary>The first batch of an epoch is about to go through the network.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batch">The samples, normalised by the recipe's profile; what is needed later must be copied.</param>
    void EpochBegins(int epoch, Batch batch)
    {
    }

    /// <summary>A step was taken.</summary>
    void StepTaken(StepReport step)
    {
    }

    /// <summary>Asked before each validation: how many of its samples, from the first on, <see cref="Judged"/> is to get.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <returns>0 for none, which costs nothing.</returns>
    int JudgedWanted(int epoch) => 0;

    /// <summary>A validation sample was judged, with the weights that are trained; only those that were asked for, in their order.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="sample">The sample and the prediction.</param>
    void Judged(int epoch, JudgedSample sample)
    {
    }

    /// <summary>Validation samples were judged.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="samples">How many more.</param>
    void Validated(int epoch, int samples)
    {
    }

    /// <summary>
    /// An epoch was judged and its best checkpoints are written. Its log and the state of the run come next, so what is written here is
    /// there whenever the epoch counts as over.
    /// </summary>
    void EpochJudged(EpochReport epoch)
    {
    }

    /// <summary>
    /// An epoch is over, its checkpoints and logs are written; its state is saved next. When the process is killed in between, the epoch
    /// ends once more after the resumption.
    /// </summary>
    void EpochDone(EpochReport epoch)
    {
    }

    /// <summary>The state of the run was saved.</summary>
    /// <param name="path">The file.</param>
    void StateSaved(string path)
    {
    }
}
