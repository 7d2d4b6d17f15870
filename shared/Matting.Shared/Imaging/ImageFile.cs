using Matting.Shared.Imaging.Decoding;
using Matting.Shared.Imaging.Headers;
using Matting.Shared.Imaging.Profiles;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;

namespace Matting.Shared.Imaging;

/// <summary>
/// Pictures in files: PNG, JPEG, WebP, BMP and TIFF in (8 or 16 bits, grey, palette, RGB, RGBA, CMYK), PNG, JPEG and WebP out. The content
/// decides about the format when reading, the extension when writing.
/// </summary>
/// <remarks>
/// The ICC profile of a picture with colours travels with its pixels, which nothing converts, and is written back byte for byte. One that
/// is damaged, larger than 4 MiB or not of RGB colours (those of CMYK and grey pictures) is left out, and the picture is read all the same; so are
/// the profile of a BMP file and the gamma of PNG's chunk gAMA. EXIF data is applied as far as it turns the picture, and not written: it
/// tells where and when a picture was taken.
/// </remarks>
public static partial class ImageFile
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff" };

    /// <summary>True when the name ends like a picture that can be read: png, jpg, jpeg, webp, bmp, tif, tiff.</summary>
    public static bool IsImagePath(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>Reads a picture as R, G, B; an alpha channel is dropped, colours stay as stored (nothing is composited).</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Orientation and pixel cap; null for the defaults.</param>
    /// <exception cref="ImageFileException">Missing, unreadable, unknown, damaged, cut off, too large or unsupported.</exception>
    public static PixelImage ReadRgb(string path, ImageReadOptions? options = null) => ReadRgb(ReadAll(path), path, options);

    /// <summary>Reads a picture as R, G, B from bytes in memory; see <see cref="ReadRgb(string, ImageReadOptions?)"/>.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="options">Orientation and pixel cap; null for the defaults.</param>
    /// <exception cref="ImageFileException">Unknown, damaged, cut off, too large or unsupported.</exception>
    public static PixelImage ReadRgb(ReadOnlyMemory<byte> content, string name, ImageReadOptions? options = null) => Read(content.Span, name, options, 3);

    /// <summary>Reads a picture as 8-bit grey: <see cref="GreyConversion"/> where it has colours; an alpha channel is dropped.</summary>
    /// <inheritdoc cref="ReadRgb(string, ImageReadOptions?)"/>
    public static PixelImage ReadGrey(string path, ImageReadOptions? options = null) => ReadGrey(ReadAll(path), path, options);

    /// <summary>Reads a picture as 8-bit grey from bytes in memory; see <see cref="ReadGrey(string, ImageReadOptions?)"/>.</summary>
    /// <inheritdoc cref="ReadRgb(ReadOnlyMemory{byte}, string, ImageReadOptions?)"/>
    public static PixelImage ReadGrey(ReadOnlyMemory<byte> content, string name, ImageReadOptions? options = null) => Read(content.Span, name, options, 1);

    /// <summary>Reads a picture as R, G, B, alpha (not premultiplied); alpha is 255 where the file has none.</summary>
    /// <inheritdoc cref="ReadRgb(string, ImageReadOptions?)"/>
    public static PixelImage ReadRgba(string path, ImageReadOptions? options = null) => ReadRgba(ReadAll(path), path, options);

    /// <summary>Reads a picture as R, G, B, alpha from bytes in memory; see <see cref="ReadRgba(string, ImageReadOptions?)"/>.</summary>
    /// <inheritdoc cref="ReadRgb(ReadOnlyMemory{byte}, string, ImageReadOptions?)"/>
    public static PixelImage ReadRgba(ReadOnlyMemory<byte> content, string name, ImageReadOptions? options = null) => Read(content.Span, name, options, 4);

    /// <summary>Reads size and format without decoding; the size is that after the orientation, unless that is ignored.</summary>
    /// <inheritdoc cref="ReadRgb(string, ImageReadOptions?)"/>
    public static ImageFileInfo Identify(string path, ImageReadOptions? options = null) => Identify(ReadAll(path), path, options);

    /// <summary>Reads size and format from bytes in memory; see <see cref="Identify(string, ImageReadOptions?)"/>.</summary>
    /// <inheritdoc cref="ReadRgb(ReadOnlyMemory{byte}, string, ImageReadOptions?)"/>
    public static ImageFileInfo Identify(ReadOnlyMemory<byte> content, string name, ImageReadOptions? options = null)
    {
        options ??= ImageReadOptions.Default;
        ImageHeader header = ReadHeader(content.Span, name, options);
        bool swap = options.Orientation == ExifOrientation.Apply && OrientationTransform.SwapsSides(header.Orientation);
        return swap ? new ImageFileInfo(header.Height, header.Width, header.FormatName) : new ImageFileInfo(header.Width, header.Height, header.FormatName);
    }

    private static PixelImage Read(ReadOnlySpan<byte> content, string name, ImageReadOptions? options, int channels)
    {
        options ??= ImageReadOptions.Default;
        ImageHeader header = ReadHeader(content, name, options);
        try
        {
            PixelImage image = PixelDecoder.Decode(content, header, channels);
            if (channels > 1 && options.ColourProfile == EmbeddedProfile.Keep)
                image = image.WithProfile(ProfileReader.Read(content, header.Format));
            return options.Orientation == ExifOrientation.Apply ? OrientationTransform.Apply(image, header.Orientation) : image;
        }
        catch (Exception failure) when (ReasonOf(failure) is { } reason)
        {
            throw new ImageFileException(name, reason, $"{header.FormatName}, {OneLine(failure)}", failure);
        }
    }

    private static ImageHeader ReadHeader(ReadOnlySpan<byte> content, string name, ImageReadOptions options)
    {
        ImageHeader header;
        try
        {
            header = ImageHeader.Read(content);
        }
        catch (HeaderException failure)
        {
            throw new ImageFileException(name, failure.Reason, failure.Message, failure);
        }
        // four bytes a pixel must fit one array, whatever the caller allows
        long limit = Math.Min(options.MaxPixels, Array.MaxLength / 4);
        if ((long)header.Width * header.Height > limit)
            throw new ImageFileException(name, ImageFileError.TooLarge, $"{header.Width}x{header.Height} pixels, more than the limit of {limit}");
        if (header.TilePixels > limit)
            throw new ImageFileException(name, ImageFileError.TooLarge, $"a tile of {header.TilePixels} pixels, more than the limit of {limit}");
        return header;
    }

    private static byte[] ReadAll(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFileException(path, ImageFileError.NotFound, "no such file", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            string detail = Directory.Exists(path) ? "a folder, not a picture" : "reading it is not permitted";
            throw new ImageFileException(path, ImageFileError.Inaccessible, detail, failure);
        }
        catch (IOException failure)
        {
            throw new ImageFileException(path, ImageFileError.Inaccessible, OneLine(failure), failure);
        }
    }

    // Decoders meet damaged content in many ways; besides their own exceptions it can surface as a failed index, cast or sum.
    private static ImageFileError? ReasonOf(Exception failure) => failure switch
    {
        HeaderException header => header.Reason,
        UnknownImageFormatException => ImageFileError.UnknownFormat,
        ImageFormatException { InnerException: InvalidMemoryOperationException } => ImageFileError.TooLarge,
        InvalidMemoryOperationException or OutOfMemoryException => ImageFileError.TooLarge,
        NotSupportedException or NotImplementedException => ImageFileError.Unsupported,
        ImageFormatException or IOException or InvalidDataException => ImageFileError.Corrupt,
        IndexOutOfRangeException or ArgumentException or ArithmeticException or InvalidOperationException or NullReferenceException => ImageFileError.Corrupt,
        _ => null,
    };

    private static string OneLine(Exception failure) => failure.Message.ReplaceLineEndings(" ").Trim();
}
