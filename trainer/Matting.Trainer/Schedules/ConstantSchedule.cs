using Matting.Shared.Weights.Pickle;

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

    /// <summary>An empty dictionary: there is nothing to remember.</summary>
    public PickleDict Save() => new();

    /// <inheritdoc/>
    public void Load(PickleDict saved, string file)
    {
    }
}
