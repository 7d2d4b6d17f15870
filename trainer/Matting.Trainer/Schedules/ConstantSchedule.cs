namespace Matting.Trainer.Schedules;

/// <summary>The learning rate stays as it is.</summary>
/// <param name="lr">The learning rate.</param>
public sealed class ConstantSchedule(double lr) : ISchedule
{
    /// <inheritdoc/>
    public double Lr { get; } = lr;

    /// <inheritdoc/>
    public void StepDone()
    {
    }

    /// <inheritdoc/>
    public void EpochDone(double valMse)
    {
    }
}
