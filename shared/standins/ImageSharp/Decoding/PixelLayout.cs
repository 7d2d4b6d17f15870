using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Decoding;

/// <summary>What one pixel is: 1 (grey), 3 (R, G, B) or 4 (R, G, B, alpha) numbers of 8 or 16 bits.</summary>
internal readonly record struct PixelLayout(int Channels, int Bits)
{
    internal int Bytes => Channels * Bits / 8;

    internal static PixelLayout Of<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (typeof(TPixel) == typeof(L8))
            return new PixelLayout(1, 8);
        if (typeof(TPixel) == typeof(Rgb24))
            return new PixelLayout(3, 8);
        if (typeof(TPixel) == typeof(Rgba32))
            return new PixelLayout(4, 8);
        if (typeof(TPixel) == typeof(Rgb48))
            return new PixelLayout(3, 16);
        if (typeof(TPixel) == typeof(Rgba64))
            return new PixelLayout(4, 16);
        throw new NotSupportedException($"the stand-in has no pixels of type {typeof(TPixel)}");
    }
}
