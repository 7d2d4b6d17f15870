using Matting.Shared.Metrics;
using Matting.Trainer.Data;

namespace Matting.Trainer.Evaluation;

/// <summary>What came out for one picture.</summary>
public sealed record PictureScore
{
    /// <summary>Where the picture comes from.</summary>
    public required SampleRow Sample { get; init; }

    /// <summary>Width in pixels at which the alphas were compared; 0 for a picture that failed.</summary>
    public int Width { get; init; }

    /// <summary>Height in pixels at which the alphas were compared; 0 for a picture that failed.</summary>
    public int Height { get; init; }

    /// <summary>The errors, one for each variant; none for a picture that failed.</summary>
    public IReadOnlyList<AlphaErrors> Errors { get; init; } = [];

    /// <summary>Why there are no errors; null when there are.</summary>
    public string? Failure { get; init; }
}
