using Matting.Shared.Imaging;
using Matting.Trainer.Augmentation;

namespace Matting.Trainer.Data;

/// <summary>What a training sample goes through.</summary>
public sealed record TrainingSampleOptions
{
    /// <summary>The key of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>What pictures and alphas are varied by.</summary>
    public required AugmentationOptions Augmentation { get; init; }

    /// <summary>How pixels become numbers.</summary>
    public required NormalisationProfile Profile { get; init; }

    /// <summary>How pictures are read.</summary>
    public ImageReadOptions Reading { get; init; } = ImageReadOptions.Default;
}

/// <summary>Samples to train on: a random square of the picture, varied anew in each epoch.</summary>
/// <param name="table">The samples.</param>
/// <param name="options">What they go through.</param>
public sealed class TrainingSamples(SampleTable table, TrainingSampleOptions options) : ISampleSource
{
    private readonly PairReader _reader = new(table, options.Reading);
    private string? _notice;

    /// <inheritdoc/>
    public int Count => _reader.Count;

    /// <inheritdoc/>
    public int Size => options.Augmentation.Crop;

    /// <summary>Something worth knowing about the samples loaded so far; null: nothing. Said by any thread, it stays the same.</summary>
    public string? Notice => Volatile.Read(ref _notice);

    /// <inheritdoc/>
    public void Load(int index, long epoch, Span<float> imageChw, Span<float> alpha01)
    {
        (PixelImage rgb, PixelImage alpha) = _reader.Read(index);
        int side = Math.Min(rgb.Width, rgb.Height);
        int wanted = AugmentationDraw.ShorterSide(options.Augmentation, options.Seed, epoch, index) ?? side;
        if (wanted < Size)
        {
            wanted = Size;
            Interlocked.CompareExchange(ref _notice, $"pictures smaller than the crop of {Size} are scaled up to fit, " +
                $"for instance {table.Rows[index].ImagePath} ({rgb.Width}x{rgb.Height})", null);
        }
        if (wanted != side)
            (rgb, alpha) = (Scaled(rgb, wanted), Scaled(alpha, wanted));
        JointAugmentation drawn = AugmentationDraw.Of(options.Augmentation, options.Seed, epoch, index, rgb.Width, rgb.Height);
        (rgb, alpha) = drawn.Apply(rgb, alpha);
        Preprocessing.ToNchw(rgb, options.Profile, imageChw);
        Preprocessing.AlphaToUnit(alpha, alpha01);
    }

    private static PixelImage Scaled(PixelImage image, int shorterSide)
    {
        double scale = (double)shorterSide / Math.Min(image.Width, image.Height);
        int width = Math.Max(shorterSide, (int)Math.Round(image.Width * scale));
        int height = Math.Max(shorterSide, (int)Math.Round(image.Height * scale));
        return PillowResize.Bilinear(image, width, height);
    }
}
