using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Trainer.Data;

/// <summary>What a training sample goes through.</summary>
public sealed record TrainingSampleOptions
{
    /// <summary>The key of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>Side of the square that is cut out, in pixels.</summary>
    public required int Crop { get; init; }

    /// <summary>Probability of a left-right flip, 0 to 1.</summary>
    public required double Flip { get; init; }

    /// <summary>How pixels become numbers.</summary>
    public required NormalisationProfile Profile { get; init; }

    /// <summary>How pictures are read.</summary>
    public ImageReadOptions Reading { get; init; } = ImageReadOptions.Default;
}

/// <summary>Samples to train on: a random square of the picture, maybe flipped. Picture and alpha get the same treatment.</summary>
/// <param name="table">The samples.</param>
/// <param name="options">What they go through.</param>
public sealed class TrainingSamples(SampleTable table, TrainingSampleOptions options) : ISampleSource
{
    private readonly PairReader _reader = new(table, options.Reading);

    /// <inheritdoc/>
    public int Count => _reader.Count;

    /// <inheritdoc/>
    public int Size => options.Crop;

    /// <inheritdoc/>
    public void Load(int index, long epoch, Span<float> imageChw, Span<float> alpha01)
    {
        (PixelImage rgb, PixelImage alpha) = _reader.Read(index);
        (rgb, alpha) = (LargeEnough(rgb), LargeEnough(alpha));

        // the order of the draws is part of what a seed means
        SeededRandom random = new(options.Seed, epoch, index);
        int left = random.Next(rgb.Width - Size + 1);
        int top = random.Next(rgb.Height - Size + 1);
        bool mirror = random.Chance(options.Flip);

        Preprocessing.ToNchw(PixelCrop.Copy(rgb, left, top, Size), options.Profile, imageChw, mirror);
        Preprocessing.AlphaToUnit(PixelCrop.Copy(alpha, left, top, Size), alpha01);
        for (int y = 0; mirror && y < Size; y++)
            alpha01.Slice(y * Size, Size).Reverse();
    }

    private PixelImage LargeEnough(PixelImage image)
    {
        int shortest = Math.Min(image.Width, image.Height);
        if (shortest >= Size)
            return image;
        double scale = (double)Size / shortest;
        int width = Math.Max(Size, (int)Math.Round(image.Width * scale));
        int height = Math.Max(Size, (int)Math.Round(image.Height * scale));
        return PillowResize.Bilinear(image, width, height);
    }
}
