namespace Matting.Shared.Imaging.Headers;

/// <summary>A TIFF file: the first picture of it.</summary>
internal static class TiffHeader
{
    private const ushort ImageWidth = 0x100;
    private const ushort ImageLength = 0x101;
    private const ushort TileWidth = 0x142;
    private const ushort TileLength = 0x143;

    // Where the pixels lie, in strips or in tiles: offsets and sizes.
    private static readonly (ushort Offsets, ushort Sizes)[] Blocks = [(0x111, 0x117), (0x144, 0x145)];

    // The bits of a sample are not looked up: what has eight passes through sixteen unchanged.
    internal static ImageHeader Read(ReadOnlySpan<byte> content)
    {
        if (!TiffDirectory.TryRead(content, out TiffDirectory directory) || !directory.HoldsItsValues())
            throw HeaderException.CutOff();
        long width = directory.Find(ImageWidth) ?? 0;
        long height = directory.Find(ImageLength) ?? 0;
        if (width > int.MaxValue || height > int.MaxValue)
            throw new HeaderException(ImageFileError.Corrupt, $"the header says {width}x{height} pixels");
        CheckBlocks(directory, content.Length);
        long tile = Math.Min(directory.Find(TileWidth) ?? 0, int.MaxValue) * Math.Min(directory.Find(TileLength) ?? 0, int.MaxValue);
        return new ImageHeader(ImageFormat.Tiff, (int)width, (int)height, Exif.Orientation(directory), SampleDepth.Colour16) { TilePixels = tile };
    }

    private static void CheckBlocks(TiffDirectory directory, long length)
    {
        foreach ((ushort offsets, ushort sizes) in Blocks)
        {
            for (int i = 0; directory.Find(offsets, i) is { } offset && directory.Find(sizes, i) is { } size; i++)
            {
                if (offset > length || size > length - offset)
                    throw HeaderException.CutOff();
            }
        }
    }
}
