namespace Matting.Shared.Imaging.Headers;

/// <summary>The formats that are read.</summary>
internal enum ImageFormat
{
    Png,
    Jpeg,
    Webp,
    Bmp,
    Tiff,
}

/// <summary>
/// What a file says about itself before anything is decoded. It is read here, and not by the decoder, so that the pixel cap,
/// the orientation and the detection of files that end too early are the same whatever library decodes.
/// </summary>
/// <param name="Format">The format by its signature.</param>
/// <param name="Width">Width as stored, at least 1.</param>
/// <param name="Height">Height as stored, at least 1.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 where the file says none or nonsense.</param>
/// <param name="Depth">How the pixels are best decoded.</param>
internal readonly record struct ImageHeader(ImageFormat Format, int Width, int Height, int Orientation = 1, SampleDepth Depth = SampleDepth.Colour8)
{
    /// <summary>Pixels of a tile, where the picture is made of such: each is decoded whole, also where it is larger than the picture.</summary>
    internal long TilePixels { get; init; }

    /// <summary>The format's usual spelling.</summary>
    internal string FormatName => Format switch
    {
        ImageFormat.Png => "PNG",
        ImageFormat.Jpeg => "JPEG",
        ImageFormat.Webp => "WebP",
        ImageFormat.Bmp => "BMP",
        _ => "TIFF",
    };

    /// <summary>Reads the header of any known format.</summary>
    /// <exception cref="HeaderException">None of the formats, damaged, or cut off.</exception>
    internal static ImageHeader Read(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
            throw new HeaderException(ImageFileError.Corrupt, "the file is empty");
        ImageHeader header = Recognise(content) switch
        {
            ImageFormat.Png => PngHeader.Read(content),
            ImageFormat.Jpeg => JpegHeader.Read(content),
            ImageFormat.Webp => WebpHeader.Read(content),
            ImageFormat.Bmp => BmpHeader.Read(content),
            ImageFormat.Tiff => TiffHeader.Read(content),
            _ => throw new HeaderException(ImageFileError.UnknownFormat, "none of PNG, JPEG, WebP, BMP, TIFF"),
        };
        return header.Width >= 1 && header.Height >= 1
            ? header
            : throw new HeaderException(ImageFileError.Corrupt, $"the header says {header.Width}x{header.Height} pixels");
    }

    private static ImageFormat? Recognise(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(PngHeader.Signature))
            return ImageFormat.Png;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ImageFormat.Jpeg;
        if (content.StartsWith("RIFF"u8) && content.Length >= 12 && content.Slice(8, 4).SequenceEqual("WEBP"u8))
            return ImageFormat.Webp;
        if (content.StartsWith("BM"u8))
            return ImageFormat.Bmp;
        return TiffDirectory.HasSignature(content) ? ImageFormat.Tiff : null;
    }
}

/// <summary>How the pixels of a file are best decoded.</summary>
internal enum SampleDepth
{
    /// <summary>Eight bits of colour a channel (or less).</summary>
    Colour8,

    /// <summary>Eight bits of grey, no colours.</summary>
    Grey8,

    /// <summary>Sixteen bits a channel, or possibly so.</summary>
    Colour16,
}

/// <summary>A header that cannot be used; <see cref="ImageFile"/> adds the file's name.</summary>
internal sealed class HeaderException(ImageFileError reason, string detail) : Exception(detail)
{
    internal ImageFileError Reason { get; } = reason;

    internal static HeaderException CutOff() => new(ImageFileError.Corrupt, "the file ends too early");
}
