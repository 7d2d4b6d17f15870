using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Training;

namespace Matting.Trainer.Schedules;

/// <summary>Settings of a <see cref="CosineSchedule"/>.</summary>
public sealed record CosineOptions
{
    /// <summary>The learning rate of the last step.</summary>
    public double MinLr { get; init; }

    /// <summary>Steps in which the learning rate rises, fewer than <see cref="Steps"/>.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>Steps of the whole run, at least 1.</summary>
    public required long Steps { get; init; }
}

/// <summary>
/// Half a cosine after a straight rise. With W warm-up steps of T, step t (from 0) has
/// lr0 (t + 1) / (W + 1) while t &lt; W, then min + (lr0 - min) (1 + cos(pi (t - W) / (T - 1 - W))) / 2: the full learning rate at
/// step W, the lowest at step T - 1 and after it (SGDR, Loshchilov and Hutter 2017, equation 5, without restarts).
/// </summary>
public sealed class CosineSchedule : ISchedule
{
    private const string StepKey = "step";

    private readonly double _lr;
    private readonly CosineOptions _options;
    private long _step;

    /// <summary>Starts at step 0.</summary>
    /// <param name="lr">The highest learning rate.</param>
    /// <param name="options">How long it rises, how far it falls.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps, or not fewer for the warm-up.</exception>
    public CosineSchedule(double lr, CosineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.WarmupSteps);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.WarmupSteps, options.Steps);
        (_lr, _options) = (lr, options);
    }

    /// <inheritdoc/>
    public double Lr
    {
        get
        {
            long warmup = _options.WarmupSteps, last = _options.Steps - 1;
            if (_step < warmup)
                return _lr * (_step + 1) / (warmup + 1);
            // a single step after the warm-up is both: it has the full rate
            if (_step >= last && last > warmup)
                return _options.MinLr;
            double progress = last > warmup ? (double)(_step - warmup) / (last - warmup) : 0;
            return _options.MinLr + (_lr - _options.MinLr) * (1 + Math.Cos(Math.PI * progress)) / 2;
        }
    }

    /// <inheritdoc/>
    public void StepDone() => _step++;

    /// <inheritdoc/>
    public void EpochDone(double valMse)
    {
    }

    /// <inheritdoc/>
    public PickleDict Save() => new() { { StepKey, _step } };

    /// <inheritdoc/>
    public void Load(PickleDict saved, string file) => _step = new SavedValues(saved, file).Count(StepKey);
}
