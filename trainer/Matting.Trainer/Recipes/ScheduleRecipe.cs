using Matting.Trainer.Configuration;
using Matting.Trainer.Schedules;

namespace Matting.Trainer.Recipes;

/// <summary>How the learning rate changes over the run, chosen by its <c>name</c>.</summary>
[SettingVariant("constant", typeof(ConstantScheduleRecipe))]
[SettingVariant("plateau", typeof(PlateauScheduleRecipe))]
[SettingVariant("poly", typeof(PolyScheduleRecipe))]
[SettingVariant("cosine", typeof(CosineScheduleRecipe))]
public abstract record ScheduleRecipe : ISettingsSection
{
    /// <summary>Makes the schedule that begins at a learning rate.</summary>
    /// <param name="lr">The learning rate of the first step.</param>
    /// <param name="steps">Training steps of the whole run.</param>
    public abstract ISchedule Create(double lr, long steps);

    /// <inheritdoc/>
    public abstract void Check(SettingChecks checks);
}

/// <summary>The learning rate stays as it is.</summary>
public sealed record ConstantScheduleRecipe : ScheduleRecipe
{
    /// <inheritdoc/>
    public override ISchedule Create(double lr, long steps) => new ConstantSchedule(lr);

    /// <inheritdoc/>
    public override void Check(SettingChecks checks)
    {
    }
}

/// <summary>The learning rate falls when the validation MSE has stopped falling.</summary>
public sealed record PlateauScheduleRecipe : ScheduleRecipe
{
    /// <summary>What the learning rate is multiplied by.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Epochs without an improvement that are put up with.</summary>
    public int Patience { get; init; } = 1;

    /// <summary>The learning rate below which it never falls.</summary>
    public double MinLr { get; init; } = 1e-7;

    /// <summary>The share by which the best value must be undercut to count as an improvement.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <inheritdoc/>
    public override ISchedule Create(double lr, long steps) =>
        new PlateauSchedule(lr, new PlateauOptions { Factor = Factor, Patience = Patience, MinLr = MinLr, Threshold = Threshold });

    /// <inheritdoc/>
    public override void Check(SettingChecks checks)
    {
        checks.Require(Factor is > 0 and < 1, nameof(Factor), "expected a number between 0 and 1, both excluded");
        checks.Between(Patience, 0, 1_000_000);
        checks.Between(MinLr, 0, 1);
        checks.Between(Threshold, 0, 1);
    }
}

/// <summary>The learning rate falls with every step, to its minimum at the end of the run.</summary>
public sealed record PolyScheduleRecipe : ScheduleRecipe
{
    /// <summary>1 falls in a straight line, more falls faster at first.</summary>
    public double Power { get; init; } = 0.9;

    /// <summary>The learning rate at the end.</summary>
    public double MinLr { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override ISchedule Create(double lr, long steps) =>
        new PolySchedule(lr, new PolyOptions { Power = Power, MinLr = MinLr, End = steps });

    /// <inheritdoc/>
    public override void Check(SettingChecks checks)
    {
        checks.Require(Power is > 0 and <= 100, nameof(Power), "expected a number above 0, up to 100");
        checks.Between(MinLr, 0, 1);
    }
}

/// <summary>The learning rate rises in a straight line, then falls as half a cosine to its minimum at the end of the run.</summary>
public sealed record CosineScheduleRecipe : ScheduleRecipe
{
    /// <summary>Share of the run's steps in which the learning rate rises, 0 to 0.9.</summary>
    public double Warmup { get; init; } = 0.05;

    /// <summary>The learning rate at the end.</summary>
    public double MinLr { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override ISchedule Create(double lr, long steps) =>
        new CosineSchedule(lr, new CosineOptions { MinLr = MinLr, WarmupSteps = (long)(Warmup * steps), Steps = steps });

    /// <inheritdoc/>
    public override void Check(SettingChecks checks)
    {
        checks.Between(Warmup, 0, 0.9);
        checks.Between(MinLr, 0, 1);
    }
}
