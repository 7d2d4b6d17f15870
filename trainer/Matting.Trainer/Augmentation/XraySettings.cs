using Matting.Shared.Numerics;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Augmentation;

/// <summary>
/// The transform <c>xray_alpha_dense</c> of the alpha (<see cref="XrayAlpha"/>): ranges from which its parameters are drawn.
/// Densities are alphas, 0 to 1; sigmas are pixels.
/// </summary>
public sealed record XraySettings : ISettingsSection
{
    /// <summary>How often, 0 (never) to 1.</summary>
    public double Probability { get; init; }

    /// <summary>Density of the lightest parts of the object.</summary>
    public NumberPair Floor { get; init; } = new(0.35, 0.55);

    /// <summary>How much denser the darkest parts are.</summary>
    public NumberPair Amplitude { get; init; } = new(0.25, 0.45);

    /// <summary>The highest density there is.</summary>
    public NumberPair Ceiling { get; init; } = new(0.85, 0.97);

    /// <summary>How strongly texture changes the density: by a factor of exp(-k/2) to exp(k/2).</summary>
    public NumberPair Detail { get; init; } = new(0.6, 1.2);

    /// <summary>Sigma of the blur that thickens the texture.</summary>
    public NumberPair Thickness { get; init; } = new(0.6, 1.2);

    /// <summary>Strength of the unsharp mask inside the object.</summary>
    public NumberPair Unsharp { get; init; } = new(0.3, 0.6);

    /// <summary>Alpha of the background.</summary>
    public NumberPair Background { get; init; } = new(0.08, 0.16);

    /// <summary>What the blurred noise of the background is multiplied by.</summary>
    public double BackgroundNoise { get; init; } = 0.02;

    /// <summary>Sigma of the blur of that noise.</summary>
    public double BackgroundSigma { get; init; } = 64;

    /// <summary>Sigma of the blur that turns darkness into mass.</summary>
    public double LowSigma { get; init; } = 10;

    private const double LargestSigma = 1000;

    /// <summary>Parameters, or null for leaving the alpha as it is.</summary>
    public XrayParameters? Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!random.Chance(Probability))
            return null;
        // the order of the draws is part of what a seed means; initialisers run in the order they are written
        return new XrayParameters
        {
            Floor = Floor.Draw(random),
            Amplitude = Amplitude.Draw(random),
            Ceiling = Ceiling.Draw(random),
            Detail = Detail.Draw(random),
            Background = Background.Draw(random),
            Thickness = Thickness.Draw(random),
            Unsharp = Unsharp.Draw(random),
            BackgroundNoise = BackgroundNoise,
            BackgroundSigma = BackgroundSigma,
            LowSigma = LowSigma,
        };
    }

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        checks.Between(Probability, 0, 1);
        checks.Range(Floor, 0, 1);
        checks.Range(Amplitude, 0, 1);
        checks.Range(Ceiling, 0, 1);
        checks.Range(Detail, 0, 10);
        checks.Range(Thickness, 0.1, LargestSigma);
        checks.Range(Unsharp, 0, 10);
        checks.Range(Background, 0, 0.25);
        checks.Between(BackgroundNoise, 0, 10);
        checks.Between(BackgroundSigma, 0.1, LargestSigma);
        checks.Between(LowSigma, 0.1, LargestSigma);
    }
}
