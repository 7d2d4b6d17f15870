using SixLabors.ImageSharp.Decoding;
using SixLabors.ImageSharp.Native;

namespace SixLabors.ImageSharp.Formats.Png;

public class PngEncoder : QuantizingImageEncoder
{
    public PngBitDepth? BitDepth { get; init; }

    public PngColorType? ColorType { get; init; }

    public PngCompressionLevel CompressionLevel { get; init; } = PngCompressionLevel.DefaultCompression;

#nullable disable // the official file says nothing about nullability either
    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
#nullable restore
    {
        PixelLayout layout = PixelLayout.Of<TPixel>();
        int channels = ColorType switch
        {
            null => layout.Channels,
            PngColorType.Grayscale => 1,
            PngColorType.Rgb => 3,
            PngColorType.RgbWithAlpha => 4,
            _ => throw new NotSupportedException($"the stand-in writes no PNG of colour type {ColorType}"),
        };
        int bits = BitDepth is { } depth ? (int)depth : layout.Bits;
        if (bits != 8)
            throw new NotSupportedException($"the stand-in writes no PNG of {bits} bits");
        byte[] pixels = PixelConversion.Convert(image.Bytes, layout, new PixelLayout(channels, 8));
        ShimEncoders.Png(stream, pixels, image.Width, image.Height, channels, (int)CompressionLevel, image.ProfileBytes);
    }
}

public enum PngBitDepth : byte
{
    Bit8 = 8,
}

public enum PngColorType : byte
{
    Grayscale = 0,
    Rgb = 2,
    Palette = 3,
    GrayscaleWithAlpha = 4,
    RgbWithAlpha = 6,
}

public enum PngCompressionLevel
{
    Level0 = 0,
    NoCompression = Level0,
    Level1 = 1,
    BestSpeed = Level1,
    Level2 = 2,
    Level3 = 3,
    Level4 = 4,
    Level5 = 5,
    Level6 = 6,
    DefaultCompression = Level6,
    Level7 = 7,
    Level8 = 8,
    Level9 = 9,
    BestCompression = Level9,
}
