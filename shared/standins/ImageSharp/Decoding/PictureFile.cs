using SixLabors.ImageSharp.Native;

namespace SixLabors.ImageSharp.Decoding;

/// <summary>From a file's bytes to pixels of a layout: recognises the format and hands over to its decoder.</summary>
internal static class PictureFile
{
    internal static (byte[] Pixels, int Width, int Height) Decode(ReadOnlySpan<byte> data, PixelLayout wanted)
    {
        ShimDecoder? decoder = ShimDecoder.For(data);
        if (decoder is null && !data.StartsWith("BM"u8))
            throw new UnknownImageFormatException("Image cannot be loaded. The stand-in decodes PNG, JPEG, WebP, BMP and TIFF.");
        BmpHeader bmp = decoder is null ? BmpHeader.Read(data) : default;
        (int width, int height, bool grey) = decoder?.ReadInfo(data) ?? (bmp.Width, bmp.Height, false);
        PixelLayout natural = decoder?.LayoutFor(wanted, grey) ?? new PixelLayout(4, 8);
        byte[] pixels = Allocate(width, height, natural);
        if (decoder is null)
            BmpDecoding.Decode(data, bmp, pixels);
        else
            decoder.ReadPixels(data, width, height, natural, pixels);
        return (natural == wanted ? pixels : PixelConversion.Convert(pixels, natural, wanted), width, height);
    }

    private static byte[] Allocate(int width, int height, PixelLayout layout)
    {
        // the larger layout of the conversions counts as well
        long bytes = (long)width * height * Math.Max(layout.Bytes, 8);
        if (bytes > Array.MaxLength)
            throw new InvalidImageContentException($"Cannot decode image. Failed to allocate buffers for possibly degenerate dimensions: {width}x{height}.");
        return new byte[(long)width * height * layout.Bytes];
    }
}
