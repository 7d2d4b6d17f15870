using Matting.Trainer.Configuration;
using Matting.Trainer.Schedules;

namespace Matting.Trainer.Recipes;

/// <summary>How the learning rate changes over the run, chosen by its <c>name</c>.</summary>
[SettingVariant("constant", typeof(ConstantScheduleRecipe))]
[SettingVariant("plateau", typeof(PlateauScheduleRecipe))]
[SettingVariant("poly", typeof(PolyScheduleRecipe))]
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
