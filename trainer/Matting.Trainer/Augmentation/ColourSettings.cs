using Matting.Shared.Numerics;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Augmentation;

/// <summary>Brightness, contrast and saturation of the picture, as Pillow's <c>ImageEnhance</c>; a factor of 1 changes nothing.</summary>
public sealed record ColourSettings : ISettingsSection
{
    /// <summary>How often, 0 (never) to 1; then all three are changed.</summary>
    public double Probability { get; init; }

    /// <summary>Between which factors that of brightness is drawn, 0 to 10.</summary>
    public NumberPair Brightness { get; init; } = new(0.85, 1.15);

    /// <summary>Between which factors that of contrast is drawn, 0 to 10.</summary>
    public NumberPair Contrast { get; init; } = new(0.85, 1.15);

    /// <summary>Between which factors that of saturation is drawn, 0 to 10.</summary>
    public NumberPair Saturation { get; init; } = new(0.85, 1.15);

    /// <summary>Three factors, or null for no change.</summary>
    public ColourFactors? Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        // the order of the draws is part of what a seed means
        return random.Chance(Probability)
            ? new ColourFactors(Brightness.Draw(random), Contrast.Draw(random), Saturation.Draw(random))
            : null;
    }

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        checks.Between(Probability, 0, 1);
        checks.Range(Brightness, 0, 10);
        checks.Range(Contrast, 0, 10);
        checks.Range(Saturation, 0, 10);
    }
}

/// <summary>What brightness, contrast and saturation are multiplied by, in this order.</summary>
public sealed record ColourFactors(double Brightness, double Contrast, double Saturation);
