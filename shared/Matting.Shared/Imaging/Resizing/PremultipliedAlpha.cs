namespace Matting.Shared.Imaging.Resizing;

/// <summary>Pillow resizes RGBA pictures with colours multiplied by alpha; these are its two conversions, to the byte.</summary>
internal static class PremultipliedAlpha
{
    /// <summary>A copy whose colours are <c>round(colour * alpha / 255)</c>.</summary>
    internal static PixelImage Multiply(PixelImage rgba)
    {
        PixelImage result = new(rgba.Width, rgba.Height, 4);
        ReadOnlySpan<byte> source = rgba.Pixels;
        Span<byte> target = result.Pixels;
        for (int i = 0; i < source.Length; i += 4)
        {
            int alpha = source[i + 3];
            target[i] = Product(source[i], alpha);
            target[i + 1] = Product(source[i + 1], alpha);
            target[i + 2] = Product(source[i + 2], alpha);
            target[i + 3] = (byte)alpha;
        }
        return result;
    }

    /// <summary>Divides colours by alpha (truncating, at most 255); colours of fully transparent or opaque pixels stay.</summary>
    internal static void DivideInPlace(PixelImage image)
    {
        Span<byte> pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            int alpha = pixels[i + 3];
            if (alpha is 0 or 255)
                continue;
            for (int c = 0; c < 3; c++)
                pixels[i + c] = (byte)Math.Min(255 * pixels[i + c] / alpha, 255);
        }
    }

    // (v + v / 256) / 256 with v = a * b + 128 is the rounded a * b / 255 for 8-bit factors.
    private static byte Product(int a, int b)
    {
        int v = (a * b) + 128;
        return (byte)(((v >> 8) + v) >> 8);
    }
}
