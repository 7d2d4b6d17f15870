using System.Buffers;
using Matting.Shared.Imaging.Resizing;

namespace Matting.Shared.Imaging;

/// <summary>
/// Pillow's BILINEAR resize, equal to it byte for byte: a triangle filter whose support grows with the reduction,
/// horizontal pass first, each pass rounded to 8 bits, a pass whose size does not change left out. Coefficients
/// are normalised in double and rounded to 22 fractional bits. Formula: Pillow's documentation ("Concepts: Filters") and
/// the golden data's README.
/// </summary>
public static class PillowResize
{
    // Rows the horizontal kernels make at a time.
    private const int RowBlock = PillowResizeKernels.RowBlock;

    /// <summary>Resizes a picture.</summary>
    /// <param name="source">A picture of 1, 3 or 4 channels. With four, colours are weighted by alpha, as Pillow does in mode RGBA.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <returns>A new picture, also when the size stays.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or a result or an intermediate beyond 2 GiB.</exception>
    public static PixelImage Bilinear(PixelImage source, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        PixelImage result = new(width, height, source.Channels) { ColourProfile = source.ColourProfile };
        if (source.Width == width && source.Height == height)
        {
            source.Pixels.CopyTo(result.Pixels.AsSpan());
            return result;
        }
        if (source.Channels != 4)
        {
            Resample(source, result);
            return result;
        }
        Resample(PremultipliedAlpha.Multiply(source), result);
        PremultipliedAlpha.DivideInPlace(result);
        return result;
    }

    // The intermediate picture never exists as a whole: a ring holds the rows that the vertical filter spans, so that
    // they are still in the cache when they are used.
    private static void Resample(PixelImage source, PixelImage result)
    {
        ResizeWeights? horizontal = source.Width == result.Width ? null : ResizeWeights.Triangle(source.Width, result.Width);
        ResizeWeights? vertical = source.Height == result.Height ? null : ResizeWeights.Triangle(source.Height, result.Height);
        if (vertical is null)
        {
            using RowRing rows = new(source, horizontal!, result.Width, RowBlock);
            for (int y = 0; y < result.Height; y++)
            {
                rows.Require(y + 1);
                rows[y].CopyTo(result.Row(y));
            }
            return;
        }

        using RowRing ring = new(source, horizontal, result.Width, vertical.MaxTaps + RowBlock);
        // one more than the taps: an odd number of taps is filled up with a row of weight 0
        int[] offsets = ArrayPool<int>.Shared.Rent(vertical.PairsPerOutput * 2);
        for (int y = 0; y < result.Height; y++)
        {
            int start = vertical.Starts[y];
            int taps = vertical.Taps[y];
            ring.Require(start + taps);
            int padded = (taps + 1) & ~1;
            for (int tap = 0; tap < padded; tap++)
                offsets[tap] = ring.OffsetOf(start + Math.Min(tap, taps - 1));
            PillowResizeKernels.Vertical(ring.Bytes, offsets.AsSpan(0, padded), vertical.HighOf(y), vertical.LowOf(y), result.Row(y));
        }
        ArrayPool<int>.Shared.Return(offsets);
    }
}
