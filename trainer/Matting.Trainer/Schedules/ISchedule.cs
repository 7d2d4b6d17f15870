using Matting.Trainer.Training;

namespace Matting.Trainer.Schedules;

/// <summary>Decides the learning rate of each step.</summary>
public interface ISchedule : IResumable
{
    /// <summary>The learning rate of the next step.</summary>
    double Lr { get; }

    /// <summary>Tells that a training step was taken.</summary>
    void StepDone();

    /// <summary>Tells that an epoch was validated.</summary>
    /// <param name="valMse">The validation MSE, finite.</param>
    void EpochDone(double valMse);
}
