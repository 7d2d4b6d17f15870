using System.Buffers.Binary;

namespace Matting.Shared.Imaging.Headers;

/// <summary>WebP (RFC 9649): a RIFF container whose first chunk is VP8 (lossy), VP8L (lossless) or VP8X (with others behind it).</summary>
internal static class WebpHeader
{
    private const int ContainerHeader = 12;
    private const int ChunkHeader = 8;

    internal static ImageHeader Read(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = Chunks(content);
        ReadOnlySpan<byte> data = NextChunk(ref rest, out ReadOnlySpan<byte> name);
        if (name.SequenceEqual("VP8 "u8) && data.Length >= 10)
            return new ImageHeader(ImageFormat.Webp, BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
        if (name.SequenceEqual("VP8L"u8) && data.Length >= 5)
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return new ImageHeader(ImageFormat.Webp, (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }
        if (name.SequenceEqual("VP8X"u8) && data.Length >= 10)
            return new ImageHeader(ImageFormat.Webp, ReadUInt24(data[4..]) + 1, ReadUInt24(data[7..]) + 1, Orientation(rest));
        throw new HeaderException(ImageFileError.Corrupt, "a WebP file without a picture");
    }

    /// <summary>What lies in the container.</summary>
    /// <exception cref="HeaderException">The container ends behind the file.</exception>
    internal static ReadOnlySpan<byte> Chunks(ReadOnlySpan<byte> content)
    {
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
        return size <= content.Length - 8 && size >= 4 ? content.Slice(ContainerHeader, (int)size - 4) : throw HeaderException.CutOff();
    }

    private static int Orientation(ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= ChunkHeader)
        {
            ReadOnlySpan<byte> data = NextChunk(ref rest, out ReadOnlySpan<byte> name);
            if (name.SequenceEqual("EXIF"u8))
                return Exif.Orientation(data.StartsWith("Exif\0\0"u8) ? data[6..] : data);
        }
        return 1;
    }

    /// <exception cref="HeaderException">The chunk ends behind the container.</exception>
    internal static ReadOnlySpan<byte> NextChunk(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name)
    {
        if (rest.Length < ChunkHeader)
            throw HeaderException.CutOff();
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        if (size > rest.Length - ChunkHeader)
            throw HeaderException.CutOff();
        name = rest[..4];
        ReadOnlySpan<byte> data = rest.Slice(ChunkHeader, (int)size);
        int padded = ChunkHeader + (int)size + ((int)size & 1);
        rest = rest[Math.Min(padded, rest.Length)..];
        return data;
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
