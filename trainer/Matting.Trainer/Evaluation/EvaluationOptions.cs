using Matting.Shared.Imaging;

namespace Matting.Trainer.Evaluation;

/// <summary>How a model is judged.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Height at which the network runs, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Width at which the network runs, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>
    /// False: as in a validation, pictures and true alphas are resized to the network's size and compared there. True: the predicted
    /// alpha is brought to each picture's own size the way <c>matting predict</c> writes it (truncated to 8 bits, resized with
    /// Pillow's bilinear filter) and compared with the true alpha as it is.
    /// </summary>
    public bool Native { get; init; }

    /// <summary>What is measured; pictures are ranked by the first.</summary>
    public IReadOnlyList<EvaluationVariant> Variants { get; init; } = [EvaluationVariant.Plain];

    /// <summary>Pictures of one run of the network, at least 1; with flip-TTA it gets twice as many inputs.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>How many of the pictures with the largest MSE are kept to be shown.</summary>
    public int Worst { get; init; }

    /// <summary>How many of the pictures with the smallest MSE are kept to be shown.</summary>
    public int Best { get; init; }

    /// <summary>How pictures are read.</summary>
    public ImageReadOptions Reading { get; init; } = ImageReadOptions.Default;

    /// <summary>Inputs of the network for one picture.</summary>
    internal int InputsPerPicture => Variants.Any(variant => variant.Flip) ? 2 : 1;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Batch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Worst);
        ArgumentOutOfRangeException.ThrowIfNegative(Best);
        ArgumentOutOfRangeException.ThrowIfZero(Variants.Count);
        if (3.0 * Batch * InputsPerPicture * Height * Width > Array.MaxLength)
            throw new ArgumentException($"{Batch} pictures of {Height}x{Width} are too many for one run of the network; take a smaller batch or size");
    }
}
