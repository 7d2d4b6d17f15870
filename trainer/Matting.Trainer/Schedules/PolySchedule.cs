using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Training;

namespace Matting.Trainer.Schedules;

/// <summary>Settings of a <see cref="PolySchedule"/>.</summary>
public sealed record PolyOptions
{
    /// <summary>The learning rate at the end.</summary>
    public double MinLr { get; init; }

    /// <summary>1 falls in a straight line, more falls faster at first.</summary>
    public double Power { get; init; } = 1;

    /// <summary>The last step that still has the full learning rate, counted from 0.</summary>
    public long Begin { get; init; }

    /// <summary>The step from which on the learning rate stays as it has become.</summary>
    public required long End { get; init; }
}

/// <summary>
/// Polynomial decay from the first learning rate to the last: (lr - min) shrinks in each step by
/// (1 - 1/(left + 1))^power, the recursive form of MMEngine's <c>PolyLR</c>, which in exact arithmetic is
/// min + (lr0 - min) (1 - k/total)^power.
/// </summary>
public sealed class PolySchedule : ISchedule
{
    private const string StepKey = "step";
    private const string LrKey = "lr";

    private readonly PolyOptions _options;
    private long _step;

    /// <summary>Starts at step 0.</summary>
    /// <param name="lr">The learning rate at the start.</param>
    /// <param name="options">How it falls, and when.</param>
    public PolySchedule(double lr, PolyOptions options) => (Lr, _options) = (lr, options);

    /// <inheritdoc/>
    public double Lr { get; private set; }

    /// <inheritdoc/>
    public void StepDone()
    {
        _step++;
        long since = _step - _options.Begin;
        if (since <= 0 || _step >= _options.End)
            return;
        long left = _options.End - _options.Begin - 1 - since;
        Lr = (Lr - _options.MinLr) * Math.Pow(1 - 1.0 / (left + 1), _options.Power) + _options.MinLr;
    }

    /// <inheritdoc/>
    public void EpochDone(double valMse)
    {
    }

    /// <inheritdoc/>
    public PickleDict Save() => new() { { StepKey, _step }, { LrKey, Lr } };

    /// <inheritdoc/>
    public void Load(PickleDict saved, string file)
    {
        SavedValues values = new(saved, file);
        (_step, Lr) = (values.Count(StepKey), values.Number(LrKey));
    }
}
