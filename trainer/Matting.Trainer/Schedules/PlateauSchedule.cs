using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Training;

namespace Matting.Trainer.Schedules;

/// <summary>Settings of a <see cref="PlateauSchedule"/>.</summary>
public sealed record PlateauOptions
{
    /// <summary>What the learning rate is multiplied by, in (0, 1).</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Epochs without an improvement that are put up with.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>The learning rate below which it never falls.</summary>
    public double MinLr { get; init; }

    /// <summary>The share of the best value by which it must be undercut to count as an improvement.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Epochs after a reduction in which bad ones do not count.</summary>
    public int Cooldown { get; init; }
}

/// <summary>
/// Lowers the learning rate when the validation MSE has stopped falling; the rules are those of
/// PyTorch's <c>ReduceLROnPlateau</c> with <c>mode="min"</c> and <c>threshold_mode="rel"</c>.
/// </summary>
/// <param name="lr">The learning rate at the start.</param>
/// <param name="options">When and how far it falls.</param>
public sealed class PlateauSchedule(double lr, PlateauOptions options) : ISchedule
{
    // the names of PyTorch's state_dict
    private const string BestKey = "best";
    private const string BadEpochsKey = "num_bad_epochs";
    private const string CooldownKey = "cooldown_counter";
    private const string LrKey = "lr";

    // a smaller change than this is not made
    private const double SmallestChange = 1e-8;

    private double _best = double.PositiveInfinity;
    private long _badEpochs;
    private long _cooldownLeft;

    /// <inheritdoc/>
    public double Lr { get; private set; } = lr;

    /// <inheritdoc/>
    public void StepDone()
    {
    }

    /// <inheritdoc/>
    public void EpochDone(double valMse)
    {
        if (valMse < _best * (1 - options.Threshold))
            (_best, _badEpochs) = (valMse, 0);
        else
            _badEpochs++;
        if (_cooldownLeft > 0)
            (_cooldownLeft, _badEpochs) = (_cooldownLeft - 1, 0);
        if (_badEpochs <= options.Patience)
            return;
        double lower = Math.Max(Lr * options.Factor, options.MinLr);
        if (Lr - lower > SmallestChange)
            Lr = lower;
        (_cooldownLeft, _badEpochs) = (options.Cooldown, 0);
    }

    /// <inheritdoc/>
    public PickleDict Save() => new() { { BestKey, _best }, { BadEpochsKey, _badEpochs }, { CooldownKey, _cooldownLeft }, { LrKey, Lr } };

    /// <inheritdoc/>
    public void Load(PickleDict saved, string file)
    {
        SavedValues values = new(saved, file);
        (_best, _badEpochs, _cooldownLeft, Lr) =
            (values.Number(BestKey), values.Count(BadEpochsKey), values.Count(CooldownKey), values.Number(LrKey));
    }
}
