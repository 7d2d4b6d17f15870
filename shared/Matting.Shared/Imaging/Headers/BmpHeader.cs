using System.Buffers.Binary;

namespace Matting.Shared.Imaging.Headers;

/// <summary>BMP: a file header of 14 bytes, then one of several information headers that begins with its own size.</summary>
internal static class BmpHeader
{
    private const int FileHeader = 14;
    private const int CoreHeader = 12;
    private const int InfoHeader = 40;

    internal static ImageHeader Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < FileHeader + CoreHeader)
            throw HeaderException.CutOff();
        ReadOnlySpan<byte> header = content[FileHeader..];
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(content[10..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) == CoreHeader)
        {
            int bits = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
            return Checked(BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..]), bits, 0, content.Length - (long)start);
        }
        if (header.Length < InfoHeader)
            throw HeaderException.CutOff();
        int width = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int height = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        int depth = BinaryPrimitives.ReadUInt16LittleEndian(header[14..]);
        // compression 1 and 2 are run lengths; only then does the size in the header matter
        uint compression = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        uint coded = compression is 1 or 2 ? BinaryPrimitives.ReadUInt32LittleEndian(header[20..]) : 0;
        // negative: rows from top to bottom
        return Checked(width, height == int.MinValue ? 0 : Math.Abs(height), compression is 1 or 2 ? 0 : depth, coded, content.Length - (long)start);
    }

    // The rows are filled up to 4 bytes each; the filling of the last one may be missing.
    private static ImageHeader Checked(int width, int height, int bits, uint coded, long room)
    {
        Int128 stride = ((((Int128)width * bits) + 31) / 32) * 4;
        Int128 needed = (stride * (height - 1)) + ((((Int128)width * bits) + 7) / 8);
        if (width > 0 && height > 0 && Int128.Max(needed, coded) > room)
            throw HeaderException.CutOff();
        return new ImageHeader(ImageFormat.Bmp, width, height);
    }
}
