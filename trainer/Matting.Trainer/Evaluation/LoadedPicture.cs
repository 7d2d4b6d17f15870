using Matting.Shared.Imaging;
using Matting.Trainer.Data;

namespace Matting.Trainer.Evaluation;

/// <summary>A picture on its way through an evaluation.</summary>
/// <param name="Sample">Where it comes from.</param>
/// <param name="Index">Its place in the CSV, from 0.</param>
internal sealed record LoadedPicture(SampleRow Sample, int Index)
{
    /// <summary>Why it cannot be used; null: it can, and everything below is there.</summary>
    public string? Failure { get; init; }

    /// <summary>The picture at the network's size.</summary>
    public PixelImage? Input { get; init; }

    /// <summary>The picture at the size of the comparison.</summary>
    public PixelImage? Image { get; init; }

    /// <summary>The true alpha at the size of the comparison.</summary>
    public PixelImage? Truth { get; init; }
}
