using SixLabors.ImageSharp.Decoding;
using SixLabors.ImageSharp.Native;

namespace SixLabors.ImageSharp.Formats.Webp;

public sealed class WebpEncoder : ImageEncoder
{
    // The official default effort (its enumeration's Level4); libwebp's own default as well.
    private const int Method = 4;

    public WebpFileFormatType? FileFormat { get; init; }

    public int Quality { get; init; } = 75;

    public WebpTransparentColorMode TransparentColorMode { get; init; } = WebpTransparentColorMode.Clear;

    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        PixelLayout layout = PixelLayout.Of<TPixel>();
        int channels = layout.Channels == 4 ? 4 : 3;
        byte[] pixels = PixelConversion.Convert(image.Bytes, layout, new PixelLayout(channels, 8));
        bool lossless = FileFormat == WebpFileFormatType.Lossless;
        bool exact = TransparentColorMode == WebpTransparentColorMode.Preserve;
        ShimEncoders.Webp(stream, pixels, image.Width, image.Height, channels, Quality, Method, lossless, exact, image.ProfileBytes);
    }
}

public enum WebpFileFormatType
{
    Lossless,
    Lossy,
}

public enum WebpTransparentColorMode
{
    Clear = 0,
    Preserve = 1,
}
