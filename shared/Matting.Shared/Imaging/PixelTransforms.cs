using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Imaging;

/// <summary>Moves whole pixels: nothing is interpolated, so nothing is lost.</summary>
public static class PixelTransforms
{
    /// <summary>
    /// Cuts out a rectangle, which may reach beyond the picture: what is outside becomes 0, as in Pillow's <c>crop</c>.
    /// </summary>
    /// <param name="source">Any picture.</param>
    /// <param name="left">First column, may be negative.</param>
    /// <param name="top">First row, may be negative.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <returns>A new picture; the same object when the rectangle is the whole picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or a result beyond 2 GiB.</exception>
    public static PixelImage Crop(PixelImage source, int left, int top, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (left == 0 && top == 0 && width == source.Width && height == source.Height)
            return source;
        PixelImage result = new(width, height, source.Channels) { ColourProfile = source.ColourProfile };
        long firstColumn = Math.Max(0, left), endColumn = Math.Min(source.Width, (long)left + width);
        long firstRow = Math.Max(0, top), endRow = Math.Min(source.Height, (long)top + height);
        if (firstColumn >= endColumn)
            return result;
        int channels = source.Channels;
        for (long y = firstRow; y < endRow; y++)
        {
            ReadOnlySpan<byte> kept = source.Row((int)y)[((int)firstColumn * channels)..((int)endColumn * channels)];
            kept.CopyTo(result.Row((int)(y - top))[((int)(firstColumn - left) * channels)..]);
        }
        return result;
    }

    /// <summary>A copy with left and right exchanged.</summary>
    /// <param name="source">Any picture.</param>
    public static PixelImage FlipHorizontal(PixelImage source)
    {
        ArgumentNullException.ThrowIfNull(source);
        PixelImage result = new(source.Width, source.Height, source.Channels) { ColourProfile = source.ColourProfile };
        for (int y = 0; y < source.Height; y++)
            MirrorRow(source.Row(y), result.Row(y), source.Channels);
        return result;
    }

    /// <summary>A copy turned by half a circle.</summary>
    /// <param name="source">Any picture.</param>
    internal static PixelImage HalfTurn(PixelImage source)
    {
        PixelImage result = new(source.Width, source.Height, source.Channels) { ColourProfile = source.ColourProfile };
        // the last row first, and each from its end: all pixels in reverse order
        MirrorRow(source.Pixels, result.Pixels, source.Channels);
        return result;
    }

    /// <summary>A copy of a square picture turned by a quarter of a circle, counter-clockwise.</summary>
    /// <param name="source">A square picture.</param>
    internal static PixelImage QuarterTurn(PixelImage source)
    {
        int side = source.Width, channels = source.Channels;
        PixelImage result = new(side, side, channels) { ColourProfile = source.ColourProfile };
        for (int y = 0; y < side; y++)
        {
            // a source row becomes a column, the topmost the leftmost, read from the bottom up
            ReadOnlySpan<byte> from = source.Row(y);
            for (int x = 0; x < side; x++)
                from.Slice(x * channels, channels).CopyTo(result.Pixels.AsSpan(((((side - 1 - x) * side) + y) * channels), channels));
        }
        return result;
    }

    private static void MirrorRow(ReadOnlySpan<byte> source, Span<byte> target, int channels)
    {
        switch (channels)
        {
            case 1:
                source.CopyTo(target);
                target.Reverse();
                break;
            case 4:
                source.CopyTo(target);
                MemoryMarshal.Cast<byte, uint>(target).Reverse();
                break;
            default:
                MirrorRgb(source, target);
                break;
        }
    }

    // Five pixels a time, in the upper 15 of 16 bytes. The byte below them is not theirs: the next step, which writes
    // further to the left, or the scalar end puts it right.
    private static void MirrorRgb(ReadOnlySpan<byte> source, Span<byte> target)
    {
        CopyPixel(source, target, 0);
        int done = 3;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte from = ref MemoryMarshal.GetReference(source);
            ref byte to = ref MemoryMarshal.GetReference(target);
            Vector128<byte> order = Vector128.Create((byte)0, 13, 14, 15, 10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3);
            // the load starts a byte before the pixels (the first pixel is done already), the store a byte before theirs
            for (; done + 16 <= source.Length; done += 15)
                Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)done - 1), order).StoreUnsafe(ref to, (nuint)(target.Length - done - 16));
        }
        for (; done < source.Length; done += 3)
            CopyPixel(source, target, done);
    }

    private static void CopyPixel(ReadOnlySpan<byte> source, Span<byte> target, int at) =>
        source.Slice(at, 3).CopyTo(target[(target.Length - at - 3)..]);
}
