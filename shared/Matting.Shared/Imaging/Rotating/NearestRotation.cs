namespace Matting.Shared.Imaging.Rotating;

/// <summary>Rotation by the nearest pixel. Coordinates are 16.16 fixed point and grow by integer addition.</summary>
internal static class NearestRotation
{
    private const int FractionBits = 16;

    /// <summary>Fills the whole result.</summary>
    internal static void Fill(PixelImage source, RotationMatrix matrix, byte fill, PixelImage result)
    {
        int stepX = Fixed(matrix.A), stepY = Fixed(matrix.D), rowStepX = Fixed(matrix.B), rowStepY = Fixed(matrix.E);
        int startX = Fixed(matrix.C + (matrix.A * 0.5) + (matrix.B * 0.5));
        int startY = Fixed(matrix.F + (matrix.D * 0.5) + (matrix.E * 0.5));
        for (int y = 0; y < result.Height; y++, startX += rowStepX, startY += rowStepY)
        {
            // the pixels that come from inside are one run, so the inner loop need not ask
            (int firstX, int endX) = Inside(startX, stepX, source.Width, result.Width);
            (int firstY, int endY) = Inside(startY, stepY, source.Height, result.Width);
            int first = Math.Max(firstX, firstY);
            int end = Math.Max(first, Math.Min(endX, endY));
            Span<byte> row = result.Row(y);
            int channels = source.Channels;
            row[..(first * channels)].Fill(fill);
            row[(end * channels)..].Fill(fill);
            row = row[(first * channels)..(end * channels)];
            int x = startX + (first * stepX), yy = startY + (first * stepY);
            if (channels == 1)
                GreyRun(source, row, x, stepX, yy, stepY);
            else
                RgbRun(source, row, x, stepX, yy, stepY);
        }
    }

    private static void GreyRun(PixelImage source, Span<byte> target, int x, int stepX, int y, int stepY)
    {
        ReadOnlySpan<byte> pixels = source.Pixels;
        int width = source.Width;
        for (int i = 0; i < target.Length; i++, x += stepX, y += stepY)
            target[i] = pixels[((y >> FractionBits) * width) + (x >> FractionBits)];
    }

    private static void RgbRun(PixelImage source, Span<byte> target, int x, int stepX, int y, int stepY)
    {
        ReadOnlySpan<byte> pixels = source.Pixels;
        int stride = source.Stride;
        for (int i = 0; i < target.Length; i += 3, x += stepX, y += stepY)
        {
            int at = ((y >> FractionBits) * stride) + (3 * (x >> FractionBits));
            (target[i], target[i + 1], target[i + 2]) = (pixels[at], pixels[at + 1], pixels[at + 2]);
        }
    }

    // For which n in [0, count) is 0 <= start + n * step < limit * 65536 ?
    private static (int First, int End) Inside(long start, long step, int limit, int count)
    {
        long beyond = (long)limit << FractionBits;
        if (step == 0)
            return start >= 0 && start < beyond ? (0, count) : (0, 0);
        // walking downwards is walking upwards in the mirrored coordinate
        if (step < 0)
            (start, step) = (beyond - 1 - start, -step);
        long first = start >= 0 ? 0 : (-start + step - 1) / step;
        long end = start >= beyond ? 0 : (beyond - start + step - 1) / step;
        return ((int)Math.Min(first, count), (int)Math.Min(end, count));
    }

    private static int Fixed(double value) => (int)Math.Floor((value * (1 << FractionBits)) + 0.5);
}
