namespace Matting.Trainer.Augmentation;

/// <summary>What one run of <see cref="XrayAlpha"/> is decided to do. Densities are alphas, 0 to 1; sigmas are pixels.</summary>
public sealed record XrayParameters
{
    /// <summary>Density of the lightest parts of the object.</summary>
    public required double Floor { get; init; }

    /// <summary>How much denser the darkest parts are.</summary>
    public required double Amplitude { get; init; }

    /// <summary>The highest density there is.</summary>
    public required double Ceiling { get; init; }

    /// <summary>How strongly texture changes the density: the factor goes from exp(-k/2) to exp(k/2).</summary>
    public required double Detail { get; init; }

    /// <summary>Blur of the texture, which thickens it.</summary>
    public required double Thickness { get; init; }

    /// <summary>How much of the difference to its blurred self is added to the density of the object.</summary>
    public required double Unsharp { get; init; }

    /// <summary>Alpha of the background.</summary>
    public required double Background { get; init; }

    /// <summary>What the blurred noise of the background is multiplied by.</summary>
    public double BackgroundNoise { get; init; } = 0.02;

    /// <summary>Blur of the noise of the background.</summary>
    public double BackgroundSigma { get; init; } = 64;

    /// <summary>Blur that turns darkness into mass.</summary>
    public double LowSigma { get; init; } = 10;
}
