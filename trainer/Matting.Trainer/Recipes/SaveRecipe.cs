using Matting.Trainer.Configuration;

namespace Matting.Trainer.Recipes;

/// <summary>
/// How often the state of a run is saved within an epoch, so that a run that was killed goes on from there. It is saved at the start,
/// after every epoch and at every stop in any case.
/// </summary>
public sealed record SaveRecipe : ISettingsSection
{
    /// <summary>Minutes after which the state is saved again; null: no clock decides.</summary>
    public double? EveryMinutes { get; init; } = 10;

    /// <summary>Training steps after which the state is saved again; null: no count decides.</summary>
    public int? EverySteps { get; init; }

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        if (EveryMinutes is double minutes)
            checks.Require(minutes is > 0 and <= 100_000, nameof(EveryMinutes), "expected a number above 0, up to 100000, or null");
        if (EverySteps is int steps)
            checks.Between(steps, 1, int.MaxValue, nameof(EverySteps));
    }
}
