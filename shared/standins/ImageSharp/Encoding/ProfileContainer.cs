using System.Buffers.Binary;
using System.IO.Compression;

namespace SixLabors.ImageSharp.Encoding;

/// <summary>
/// Puts a colour profile into an encoded file: PNG's chunk iCCP, JPEG's segments APP2, WebP's chunk ICCP. Done on the files, because
/// libpng would judge the profile first and leave out what it does not like.
/// </summary>
internal static class ProfileContainer
{
    private const int PngSignatureAndHeader = 8 + 25;
    private const int MostOfSegment = 65519;

    /// <summary>The chunk goes behind the header: before the palette and the pixels.</summary>
    internal static void WritePng(Stream stream, ReadOnlySpan<byte> file, byte[] profile)
    {
        using MemoryStream data = new();
        data.Write("ICC Profile\0\0"u8);
        using (ZLibStream zlib = new(data, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(profile);
        stream.Write(file[..PngSignatureAndHeader]);
        WriteBigEndian(stream, (uint)data.Length);
        ReadOnlySpan<byte> content = data.GetBuffer().AsSpan(0, (int)data.Length);
        stream.Write("iCCP"u8);
        stream.Write(content);
        WriteBigEndian(stream, PngChecksum.Of("iCCP"u8, content));
        stream.Write(file[PngSignatureAndHeader..]);
    }

    /// <summary>The segments go behind the start of the picture and its APP0, which stays first.</summary>
    internal static void WriteJpeg(Stream stream, ReadOnlySpan<byte> file, byte[] profile)
    {
        int count = (profile.Length + MostOfSegment - 1) / MostOfSegment;
        if (count > byte.MaxValue)
            throw new ImageFormatException($"JPEG: a colour profile of {profile.Length} bytes does not fit");
        bool hasApp0 = file[2] == 0xFF && file[3] == 0xE0;
        int start = hasApp0 ? 4 + BinaryPrimitives.ReadUInt16BigEndian(file[4..]) : 2;
        stream.Write(file[..start]);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> part = profile.AsSpan(i * MostOfSegment, Math.Min(MostOfSegment, profile.Length - (i * MostOfSegment)));
            int length = 2 + 12 + 2 + part.Length;
            stream.Write([0xFF, 0xE2, (byte)(length >> 8), (byte)length]);
            stream.Write("ICC_PROFILE\0"u8);
            stream.Write([(byte)(i + 1), (byte)count]);
            stream.Write(part);
        }
        stream.Write(file[start..]);
    }

    /// <summary>The chunk goes behind VP8X, which is made where the file has none.</summary>
    internal static void WriteWebp(Stream stream, ReadOnlySpan<byte> file, byte[] profile, int width, int height)
    {
        const byte HasProfile = 0x20;
        const int ContainerHeader = 12;
        const int ExtendedChunk = 18;
        Span<byte> extended = stackalloc byte[ExtendedChunk];
        extended.Clear();
        ReadOnlySpan<byte> rest = file[ContainerHeader..];
        if (rest.StartsWith("VP8X"u8))
        {
            rest[..ExtendedChunk].CopyTo(extended);
            rest = rest[ExtendedChunk..];
        }
        else
        {
            "VP8X"u8.CopyTo(extended);
            extended[4] = ExtendedChunk - 8;
            extended[8] = AlphaFlag(rest);
            WriteUInt24(extended[12..], width - 1);
            WriteUInt24(extended[15..], height - 1);
        }
        extended[8] |= HasProfile;
        int padding = profile.Length & 1;
        stream.Write("RIFF"u8);
        WriteLittleEndian(stream, (uint)(4 + ExtendedChunk + 8 + profile.Length + padding + rest.Length));
        stream.Write("WEBP"u8);
        stream.Write(extended);
        stream.Write("ICCP"u8);
        WriteLittleEndian(stream, (uint)profile.Length);
        stream.Write(profile);
        stream.Write([.. new byte[padding]]);
        stream.Write(rest);
    }

    // the lossless bitstream says whether it uses alpha in the bit behind its two sizes of 14 bits; the simple lossy one has none
    private static byte AlphaFlag(ReadOnlySpan<byte> chunk)
    {
        const byte HasAlpha = 0x10;
        return chunk.StartsWith("VP8L"u8) && (BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]) & (1u << 28)) != 0 ? HasAlpha : (byte)0;
    }

    private static void WriteUInt24(Span<byte> target, int value) => (target[0], target[1], target[2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));

    private static void WriteBigEndian(Stream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void WriteLittleEndian(Stream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
