using System.Buffers.Binary;

namespace Matting.Shared.Imaging.Headers;

/// <summary>PNG (ISO/IEC 15948): a signature and chunks of length, name, data, checksum, the last one IEND.</summary>
internal static class PngHeader
{
    private const int ChunkFrame = 12;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    internal static ImageHeader Read(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = content[Signature.Length..];
        ReadOnlySpan<byte> first = NextChunk(ref rest, out ReadOnlySpan<byte> name);
        if (!name.SequenceEqual("IHDR"u8) || first.Length != 13)
            throw new HeaderException(ImageFileError.Corrupt, "a PNG file without a header");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(first);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(first[4..]);
        if (width > int.MaxValue || height > int.MaxValue)
            throw new HeaderException(ImageFileError.Corrupt, $"the header says {width}x{height} pixels");
        (int bits, int colourType) = (first[8], first[9]);
        SampleDepth depth = bits == 16 ? SampleDepth.Colour16 : bits == 8 && colourType == 0 ? SampleDepth.Grey8 : SampleDepth.Colour8;

        int orientation = 1;
        while (!name.SequenceEqual("IEND"u8))
        {
            ReadOnlySpan<byte> data = NextChunk(ref rest, out name);
            if (name.SequenceEqual("eXIf"u8))
                orientation = Exif.Orientation(data);
            else if (name.SequenceEqual("tRNS"u8) && depth == SampleDepth.Grey8)
                depth = SampleDepth.Colour8;
        }
        return new ImageHeader(ImageFormat.Png, (int)width, (int)height, orientation, depth);
    }

    /// <exception cref="HeaderException">The chunk ends behind the file.</exception>
    internal static ReadOnlySpan<byte> NextChunk(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name)
    {
        if (rest.Length < ChunkFrame)
            throw HeaderException.CutOff();
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - ChunkFrame)
            throw HeaderException.CutOff();
        name = rest.Slice(4, 4);
        ReadOnlySpan<byte> data = rest.Slice(8, (int)length);
        rest = rest[((int)length + ChunkFrame)..];
        return data;
    }
}
