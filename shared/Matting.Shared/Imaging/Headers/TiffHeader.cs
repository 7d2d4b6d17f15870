namespace Matting.Shared.Imaging.Headers;

/// <summary>A TIFF file: the first picture of it.</summary>
internal static class TiffHeader
{
    private const ushort ImageWidth = 0x100;
    private const ushort ImageLength = 0x101;

    // The bits of a sample are not looked up: what has eight passes through sixteen unchanged.
    internal static ImageHeader Read(ReadOnlySpan<byte> content)
    {
        if (!TiffDirectory.TryRead(content, out TiffDirectory directory))
            throw HeaderException.CutOff();
        long width = directory.Find(ImageWidth) ?? 0;
        long height = directory.Find(ImageLength) ?? 0;
        if (width > int.MaxValue || height > int.MaxValue)
            throw new HeaderException(ImageFileError.Corrupt, $"the header says {width}x{height} pixels");
        return new ImageHeader(ImageFormat.Tiff, (int)width, (int)height, Exif.Orientation(directory), SampleDepth.Colour16);
    }
}
