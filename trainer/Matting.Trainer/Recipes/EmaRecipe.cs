using Matting.Trainer.Configuration;
using Matting.Trainer.Optimisers;

namespace Matting.Trainer.Recipes;

/// <summary>The moving average of the weights, which is validated and saved beside them; see <see cref="WeightAverage"/>.</summary>
public sealed record EmaRecipe : ISettingsSection
{
    /// <summary>How much of the average each step keeps once it has warmed up, between 0 and 1; null: there is no average.</summary>
    public double? Decay { get; init; }

    /// <inheritdoc/>
    public void Check(SettingChecks checks) =>
        checks.Require(Decay is null or (> 0 and < 1), nameof(Decay), "expected a number between 0 and 1, both excluded, or null");
}
