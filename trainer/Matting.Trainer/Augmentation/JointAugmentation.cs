using System.Buffers;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Trainer.Augmentation;

/// <summary>
/// Everything that is decided about one training sample. Geometry changes picture and alpha alike, colour the picture only, and the
/// x-ray transform the alpha only, by the picture as it has become.
/// </summary>
public sealed record JointAugmentation
{
    /// <summary>First column of the crop.</summary>
    public required int Left { get; init; }

    /// <summary>First row of the crop.</summary>
    public required int Top { get; init; }

    /// <summary>Width and height of the crop, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Whether left and right are exchanged.</summary>
    public bool Flip { get; init; }

    /// <summary>Counter-clockwise rotation in degrees; null: none.</summary>
    public double? Degrees { get; init; }

    /// <summary>The level that fills the picture's corners after a rotation.</summary>
    public byte ImageFill { get; init; } = 255;

    /// <summary>Whether a rotation of the alpha is bilinear; otherwise it takes the nearest pixel.</summary>
    public bool AlphaBilinear { get; init; }

    /// <summary>Changes of colour; null: none.</summary>
    public ColourFactors? Colour { get; init; }

    /// <summary>What the x-ray transform does; null: nothing.</summary>
    public XrayParameters? Xray { get; init; }

    /// <summary>The generator of the noise of the x-ray transform; needed only with <see cref="Xray"/>.</summary>
    public SeededRandom? XrayNoise { get; init; }

    /// <summary>Crops, flips, rotates, changes colours, and makes the alpha dense, in this order.</summary>
    /// <param name="rgb">The picture.</param>
    /// <param name="alpha">Its alpha, of the same size.</param>
    /// <returns>Picture and alpha of <see cref="Size"/> x <see cref="Size"/>; may be the same objects when nothing changed.</returns>
    public (PixelImage Rgb, PixelImage Alpha) Apply(PixelImage rgb, PixelImage alpha)
    {
        rgb = PixelTransforms.Crop(rgb, Left, Top, Size, Size);
        alpha = PixelTransforms.Crop(alpha, Left, Top, Size, Size);
        if (Flip)
            (rgb, alpha) = (PixelTransforms.FlipHorizontal(rgb), PixelTransforms.FlipHorizontal(alpha));
        if (Degrees is double degrees)
        {
            rgb = PillowRotate.Bilinear(rgb, degrees, ImageFill);
            alpha = AlphaBilinear ? PillowRotate.Bilinear(alpha, degrees, fill: 0) : PillowRotate.Nearest(alpha, degrees, fill: 0);
        }
        if (Colour is { } colour)
            rgb = PillowEnhance.Saturation(PillowEnhance.Contrast(PillowEnhance.Brightness(rgb, colour.Brightness), colour.Contrast), colour.Saturation);
        return (rgb, Xray is null ? alpha : Dense(rgb, alpha, Xray));
    }

    private PixelImage Dense(PixelImage rgb, PixelImage alpha, XrayParameters xray)
    {
        int count = Size * Size;
        float[] noise = ArrayPool<float>.Shared.Rent(count);
        NormalField.Fill(XrayNoise ?? throw new InvalidOperationException("the x-ray transform needs a generator of noise"), noise.AsSpan(0, count));
        PixelImage dense = XrayAlpha.Apply(rgb, alpha, noise.AsSpan(0, count), xray);
        ArrayPool<float>.Shared.Return(noise);
        return dense;
    }
}
