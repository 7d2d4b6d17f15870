using System.Buffers;
using Matting.Shared.Imaging.Enhancing;

namespace Matting.Shared.Imaging;

/// <summary>
/// Pillow's <c>ImageEnhance</c>, equal to it byte for byte: every pixel is <c>base + factor * (pixel - base)</c> in float32,
/// kept within 0..255 and truncated. 0 gives the base, 1 the picture itself, more than 1 exaggerates.
/// Formulas: the golden data's README, after Pillow's <c>ImageEnhance</c> and <c>Blend.c</c>.
/// </summary>
public static class PillowEnhance
{
    /// <summary>Brightness: the base is black.</summary>
    /// <param name="rgb">A picture of three channels.</param>
    /// <param name="factor">At least 0.</param>
    /// <returns>A new picture.</returns>
    /// <exception cref="ArgumentException">The picture is not RGB.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, or not finite in float32.</exception>
    public static PixelImage Brightness(PixelImage rgb, double factor)
    {
        PixelImage result = NewResult(rgb, factor);
        BlendKernels.WithLevel(rgb.Pixels, level: 0, (float)factor, result.Pixels);
        return result;
    }

    /// <summary>Contrast: the base is a flat grey, the rounded mean of the picture's grey version.</summary>
    /// <inheritdoc cref="Brightness"/>
    public static PixelImage Contrast(PixelImage rgb, double factor)
    {
        PixelImage result = NewResult(rgb, factor);
        byte[] grey = ArrayPool<byte>.Shared.Rent(rgb.Width);
        long sum = 0;
        for (int y = 0; y < rgb.Height; y++)
        {
            Span<byte> row = grey.AsSpan(0, rgb.Width);
            GreyConversion.Convert(rgb.Row(y), row);
            sum += BlendKernels.Sum(row);
        }
        ArrayPool<byte>.Shared.Return(grey);
        byte mean = (byte)((sum / ((double)rgb.Width * rgb.Height)) + 0.5);
        BlendKernels.WithLevel(rgb.Pixels, mean, (float)factor, result.Pixels);
        return result;
    }

    /// <summary>Saturation (Pillow's <c>Color</c>): the base is the picture's grey version.</summary>
    /// <inheritdoc cref="Brightness"/>
    public static PixelImage Saturation(PixelImage rgb, double factor)
    {
        PixelImage result = NewResult(rgb, factor);
        byte[] scratch = ArrayPool<byte>.Shared.Rent(4 * rgb.Width);
        Span<byte> grey = scratch.AsSpan(0, rgb.Width), tripled = scratch.AsSpan(rgb.Width, 3 * rgb.Width);
        for (int y = 0; y < rgb.Height; y++)
        {
            GreyConversion.Convert(rgb.Row(y), grey);
            BlendKernels.Triple(grey, tripled);
            BlendKernels.WithPixels(rgb.Row(y), tripled, (float)factor, result.Row(y));
        }
        ArrayPool<byte>.Shared.Return(scratch);
        return result;
    }

    private static PixelImage NewResult(PixelImage rgb, double factor)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        if (rgb.Channels != 3)
            throw new ArgumentException($"colours of an RGB picture can be changed, this one has {rgb.Channels} channels", nameof(rgb));
        if (!(factor >= 0) || !float.IsFinite((float)factor))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "a factor is a finite number, 0 or more");
        return new PixelImage(rgb.Width, rgb.Height, rgb.Channels) { ColourProfile = rgb.ColourProfile };
    }
}
