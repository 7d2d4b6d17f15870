using Matting.Shared.Files;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.PixelFormats;

namespace Matting.Shared.Imaging;

public static partial class ImageFile
{
    // Largest sides that the formats can write down.
    private const int MostOfJpeg = 65500;
    private const int MostOfWebp = 16383;

    /// <summary>Writes a picture, with its colour profile, as PNG, JPEG (jpg, jpeg) or WebP by the extension; the file appears only when it is whole.</summary>
    /// <param name="path">The file; missing folders are created.</param>
    /// <param name="image">The picture; JPEG takes grey and RGB only.</param>
    /// <param name="options">Quality settings; null for the defaults.</param>
    /// <exception cref="ImageFileException">Another extension, or a picture that the format cannot hold.</exception>
    /// <exception cref="IOException">The disk refuses, or the file exists and must not be overwritten.</exception>
    public static void Write(string path, PixelImage image, ImageWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(image);
        options ??= ImageWriteOptions.Default;
        options.Validate();
        IImageEncoder encoder = EncoderFor(path, image, options);
        AtomicFile.Write(path, stream => Encode(image, stream, encoder), options.Overwrite);
    }

    /// <summary>Encodes a picture in memory as <see cref="Write"/> would write it.</summary>
    /// <param name="name">A file name, whose extension decides and which errors mention.</param>
    /// <param name="image">The picture; JPEG takes grey and RGB only.</param>
    /// <param name="options">Quality settings; null for the defaults.</param>
    /// <exception cref="ImageFileException">Another extension, or a picture that the format cannot hold.</exception>
    public static byte[] Encode(string name, PixelImage image, ImageWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(image);
        options ??= ImageWriteOptions.Default;
        options.Validate();
        IImageEncoder encoder = EncoderFor(name, image, options);
        using MemoryStream stream = new();
        Encode(image, stream, encoder);
        return stream.ToArray();
    }

    /// <summary>Encodes a picture as PNG in memory.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="options">Only <see cref="ImageWriteOptions.PngCompression"/> matters; null for the defaults.</param>
    public static byte[] EncodePng(PixelImage image, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= ImageWriteOptions.Default;
        options.Validate();
        using MemoryStream stream = new();
        Encode(image, stream, Png(image, options));
        return stream.ToArray();
    }

    /// <summary>Encodes a picture as JPEG in memory.</summary>
    /// <param name="image">Grey or RGB.</param>
    /// <param name="options">Only the settings of JPEG matter; null for the defaults.</param>
    /// <exception cref="ImageFileException">The picture has an alpha channel, or a side of more than 65535 pixels.</exception>
    public static byte[] EncodeJpeg(PixelImage image, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= ImageWriteOptions.Default;
        options.Validate();
        using MemoryStream stream = new();
        Encode(image, stream, EncoderFor("picture.jpg", image, options));
        return stream.ToArray();
    }

    private static IImageEncoder EncoderFor(string path, PixelImage image, ImageWriteOptions options)
    {
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".PNG":
                return Png(image, options);
            case ".JPG" or ".JPEG":
                CheckSides(path, image, MostOfJpeg, "JPEG");
                if (image.Channels == 4)
                    throw new ImageFileException(path, ImageFileError.Unsupported, "JPEG has no alpha channel");
                return new JpegEncoder
                {
                    Quality = options.JpegQuality,
                    ColorType = image.Channels == 1 ? JpegEncodingColor.Luminance
                        : options.JpegFullChroma ? JpegEncodingColor.YCbCrRatio444 : JpegEncodingColor.YCbCrRatio420,
                };
            case ".WEBP":
                CheckSides(path, image, MostOfWebp, "WebP");
                return new WebpEncoder
                {
                    Quality = options.WebpQuality,
                    FileFormat = options.WebpLossless ? WebpFileFormatType.Lossless : WebpFileFormatType.Lossy,
                    TransparentColorMode = WebpTransparentColorMode.Preserve,
                };
            default:
                throw new ImageFileException(path, ImageFileError.UnknownFormat, "pictures are written as .png, .jpg, .jpeg or .webp");
        }
    }

    private static PngEncoder Png(PixelImage image, ImageWriteOptions options) => new()
    {
        BitDepth = PngBitDepth.Bit8,
        ColorType = image.Channels switch { 1 => PngColorType.Grayscale, 3 => PngColorType.Rgb, _ => PngColorType.RgbWithAlpha },
        CompressionLevel = (PngCompressionLevel)options.PngCompression,
    };

    private static void CheckSides(string path, PixelImage image, int most, string format)
    {
        if (Math.Max(image.Width, image.Height) > most)
            throw new ImageFileException(path, ImageFileError.TooLarge, $"{image.Width}x{image.Height} pixels, {format} holds at most {most} a side");
    }

    private static void Encode(PixelImage image, Stream stream, IImageEncoder encoder)
    {
        using Image pixels = image.Channels switch
        {
            1 => Image.LoadPixelData<L8>(image.Pixels, image.Width, image.Height),
            3 => Image.LoadPixelData<Rgb24>(image.Pixels, image.Width, image.Height),
            _ => Image.LoadPixelData<Rgba32>(image.Pixels, image.Width, image.Height),
        };
        if (!image.ColourProfile.IsEmpty)
            pixels.Metadata.IccProfile = new IccProfile(image.ColourProfile.ToArray());
        pixels.Save(stream, encoder);
    }
}
