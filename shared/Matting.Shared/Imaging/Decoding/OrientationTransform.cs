namespace Matting.Shared.Imaging.Decoding;

/// <summary>Turns and mirrors pixels as the EXIF orientation says (EXIF 2.32, tag 0x0112).</summary>
internal static class OrientationTransform
{
    // Quarter turns walk the source across its rows; in squares the touched rows stay in the cache.
    private const int Tile = 64;

    /// <summary>True for the orientations that exchange width and height.</summary>
    internal static bool SwapsSides(int orientation) => orientation >= 5;

    /// <summary>The picture as it is meant to be seen; the same object for orientation 1.</summary>
    internal static PixelImage Apply(PixelImage source, int orientation)
    {
        if (orientation == 1)
            return source;
        (int w, int h, int stride, int pixel) = (source.Width, source.Height, source.Stride, source.Channels);
        int right = (w - 1) * pixel;
        int bottom = (h - 1) * stride;
        // where the target's first pixel comes from, and the steps in the source for one to the right and one down
        (int origin, int stepX, int stepY) = orientation switch
        {
            2 => (right, -pixel, stride),
            3 => (right + bottom, -pixel, -stride),
            4 => (bottom, pixel, -stride),
            5 => (0, stride, pixel),
            6 => (bottom, -stride, pixel),
            7 => (right + bottom, -stride, -pixel),
            8 => (right, stride, -pixel),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "an EXIF orientation lies between 1 and 8"),
        };
        (int width, int height) = SwapsSides(orientation) ? (h, w) : (w, h);
        PixelImage target = new(width, height, pixel) { ColourProfile = source.ColourProfile };
        for (int top = 0; top < target.Height; top += Tile)
        {
            for (int left = 0; left < target.Width; left += Tile)
                CopyTile(source.Pixels, target, left, top, origin, stepX, stepY);
        }
        return target;
    }

    private static void CopyTile(ReadOnlySpan<byte> source, PixelImage target, int left, int top, int origin, int stepX, int stepY)
    {
        int channels = target.Channels;
        int end = Math.Min(left + Tile, target.Width);
        for (int y = top; y < Math.Min(top + Tile, target.Height); y++)
        {
            Span<byte> row = target.Row(y);
            int from = origin + (y * stepY) + (left * stepX);
            for (int to = left * channels; to < end * channels; to += channels, from += stepX)
            {
                row[to] = source[from];
                if (channels == 1)
                    continue;
                row[to + 1] = source[from + 1];
                row[to + 2] = source[from + 2];
                if (channels == 4)
                    row[to + 3] = source[from + 3];
            }
        }
    }
}
