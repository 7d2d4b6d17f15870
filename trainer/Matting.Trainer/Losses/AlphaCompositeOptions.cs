namespace Matting.Trainer.Losses;

/// <summary>Weights and thresholds of an <see cref="AlphaCompositeLoss"/>; the defaults are those of the matting pipeline.</summary>
public sealed record AlphaCompositeOptions
{
    /// <summary>Weight of the squared error inside the object.</summary>
    public double ObjectWeight { get; init; } = 0.8;

    /// <summary>What has a true alpha above this is object; compared in float32.</summary>
    public double ObjectThreshold { get; init; } = 0.1;

    /// <summary>How much more a pixel inside the object counts for each unit of slope of the true alpha.</summary>
    public double SlopeBoost { get; init; } = 2;

    /// <summary>Weight of the difference between the slopes of prediction and truth.</summary>
    public double EdgeWeight { get; init; } = 0.1;

    /// <summary>Weight of what is predicted on the background.</summary>
    public double BackgroundWeight { get; init; } = 0.5;

    /// <summary>What has a true alpha up to this is background; compared in float32.</summary>
    public double BackgroundThreshold { get; init; } = 0.05;

    /// <summary>How much more that part of a background prediction counts that exceeds <see cref="HazeThreshold"/>.</summary>
    public double HazeBoost { get; init; } = 2;

    /// <summary>Predictions on the background above this are haze.</summary>
    public double HazeThreshold { get; init; } = 0.02;

    /// <summary>How much more the squared error over all pixels counts where the object is thin; 0 leaves the term out.</summary>
    public double ThinWeight { get; init; }

    /// <summary>Side of the square that does not fit into what is thin, in pixels, odd.</summary>
    public int ThinSize { get; init; } = 15;

    /// <summary>Weight of the Charbonnier error over all pixels; 0 leaves the term out.</summary>
    public double CharbonnierWeight { get; init; }

    /// <summary>The error below which the Charbonnier error is round rather than pointed.</summary>
    public double CharbonnierEps { get; init; } = 1e-3;
}
