using SixLabors.ImageSharp.Decoding;
using SixLabors.ImageSharp.Native;

namespace SixLabors.ImageSharp.Formats.Jpeg;

public sealed class JpegEncoder : ImageEncoder
{
    private int? _quality;

    public int? Quality
    {
        get => _quality;
        init => _quality = value is < 1 or > 100 ? throw new ArgumentException("Quality factor must be in [1..100] range.") : value;
    }

    public JpegEncodingColor? ColorType { get; init; }

    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        PixelLayout layout = PixelLayout.Of<TPixel>();
        JpegEncodingColor colour = ColorType ?? (layout.Channels == 1 ? JpegEncodingColor.Luminance : JpegEncodingColor.YCbCrRatio420);
        int channels = colour switch
        {
            JpegEncodingColor.Luminance => 1,
            JpegEncodingColor.YCbCrRatio420 or JpegEncodingColor.YCbCrRatio444 => 3,
            _ => throw new NotSupportedException($"the stand-in writes no JPEG of colour type {colour}"),
        };
        byte[] pixels = PixelConversion.Convert(image.Bytes, layout, new PixelLayout(channels, 8));
        ShimEncoders.Jpeg(stream, pixels, image.Width, image.Height, channels, Quality ?? 75, colour == JpegEncodingColor.YCbCrRatio444, image.ProfileBytes);
    }
}

public enum JpegEncodingColor : byte
{
    YCbCrRatio420 = 0,
    YCbCrRatio444 = 1,
    Luminance = 5,
}
