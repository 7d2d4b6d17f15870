using System.Buffers.Binary;

namespace Matting.Shared.Imaging.Headers;

/// <summary>BMP: a file header of 14 bytes, then one of several information headers that begins with its own size.</summary>
internal static class BmpHeader
{
    private const int FileHeader = 14;
    private const int CoreHeader = 12;

    internal static ImageHeader Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < FileHeader + CoreHeader)
            throw HeaderException.CutOff();
        ReadOnlySpan<byte> header = content[FileHeader..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) == CoreHeader)
            return new ImageHeader(ImageFormat.Bmp, BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..]));
        int width = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int height = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        // negative: rows from top to bottom
        return new ImageHeader(ImageFormat.Bmp, width, height == int.MinValue ? 0 : Math.Abs(height));
    }
}
