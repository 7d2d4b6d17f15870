using Matting.Shared.Numerics;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Augmentation;

/// <summary>What a training sample may go through.</summary>
public sealed record AugmentationOptions
{
    /// <summary>The shorter side that pictures get before the crop, drawn between two numbers of pixels; null: they keep their size.</summary>
    public NumberPair? Resize { get; init; }

    /// <summary>Side of the square that is cut out, in pixels.</summary>
    public required int Crop { get; init; }

    /// <summary>Probability of a left-right flip, 0 to 1.</summary>
    public required double Flip { get; init; }

    /// <summary>Rotation.</summary>
    public RotationSettings Rotate { get; init; } = new();

    /// <summary>Changes of colour.</summary>
    public ColourSettings Colour { get; init; } = new();

    /// <summary>The x-ray transform of the alpha.</summary>
    public XraySettings Xray { get; init; } = new();
}

/// <summary>Decides what happens to a sample. Everything follows from (seed, epoch, sample index).</summary>
public static class AugmentationDraw
{
    // Each subject has a sequence of its own, so that switching one on or off leaves the draws of the others alone.
    private const int RotationSequence = 1;
    private const int ColourSequence = 2;
    private const int XraySequence = 3;
    private const int ResizeSequence = 4;

    /// <summary>Draws the shorter side that a sample gets before the crop, in pixels; null: it keeps its size.</summary>
    /// <param name="options">What may happen.</param>
    /// <param name="seed">The key of everything random.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="index">The sample's index.</param>
    public static int? ShorterSide(AugmentationOptions options, long seed, long epoch, int index)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Resize is { } range ? (int)Math.Round(range.Draw(new SeededRandom(seed, epoch, index, ResizeSequence))) : null;
    }

    /// <summary>Draws for a sample.</summary>
    /// <param name="options">What may happen.</param>
    /// <param name="seed">The key of everything random.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="index">The sample's index.</param>
    /// <param name="width">Width of the picture, at least the crop.</param>
    /// <param name="height">Height of the picture, at least the crop.</param>
    public static JointAugmentation Of(AugmentationOptions options, long seed, long epoch, int index, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(options);
        // the order of the draws is part of what a seed means
        SeededRandom geometry = new(seed, epoch, index);
        SeededRandom xray = new(seed, epoch, index, XraySequence);
        return new JointAugmentation
        {
            Size = options.Crop,
            Left = geometry.Next(width - options.Crop + 1),
            Top = geometry.Next(height - options.Crop + 1),
            Flip = geometry.Chance(options.Flip),
            Degrees = options.Rotate.Draw(new SeededRandom(seed, epoch, index, RotationSequence)),
            ImageFill = (byte)options.Rotate.ImageFill,
            AlphaBilinear = options.Rotate.AlphaInterpolation == RotationSettings.Bilinear,
            Colour = options.Colour.Draw(new SeededRandom(seed, epoch, index, ColourSequence)),
            Xray = options.Xray.Draw(xray),
            XrayNoise = xray,
        };
    }
}
