using Matting.Trainer.Configuration;

namespace Matting.Trainer.Recipes;

/// <summary>What is done to picture and alpha alike, drawn anew for each sample of each epoch.</summary>
public sealed record AugmentRecipe : ISettingsSection
{
    /// <summary>Side of the square that is cut out, in pixels, at least 64; a smaller picture is first scaled up to fit.</summary>
    public int Crop { get; init; } = 512;

    /// <summary>Probability of a left-right flip, 0 to 1.</summary>
    public double Flip { get; init; } = 0.5;

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Between(Crop, 64, 8192);
        checks.Between(Flip, 0, 1);
    }
}
