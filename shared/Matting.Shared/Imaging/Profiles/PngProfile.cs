using System.IO.Compression;
using Matting.Shared.Imaging.Headers;

namespace Matting.Shared.Imaging.Profiles;

/// <summary>PNG: the chunk iCCP, a name of up to 79 characters, a zero, the method 0, zlib data.</summary>
internal static class PngProfile
{
    private const int LongestName = 79;

    internal static byte[]? Read(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = content[PngHeader.Signature.Length..];
        ReadOnlySpan<byte> data = PngHeader.NextChunk(ref rest, out ReadOnlySpan<byte> name);
        while (!name.SequenceEqual("iCCP"u8))
        {
            if (name.SequenceEqual("IDAT"u8) || name.SequenceEqual("IEND"u8))
                return null;
            data = PngHeader.NextChunk(ref rest, out name);
        }
        int end = data[..Math.Min(data.Length, LongestName + 1)].IndexOf((byte)0);
        return end >= 1 && data.Length > end + 2 && data[end + 1] == 0 ? Inflate(data[(end + 2)..]) : null;
    }

    private static byte[]? Inflate(ReadOnlySpan<byte> data)
    {
        const int Step = 1 << 14;
        using MemoryStream compressed = new(data.ToArray());
        using ZLibStream zlib = new(compressed, CompressionMode.Decompress);
        using MemoryStream profile = new();
        Span<byte> step = stackalloc byte[Step];
        try
        {
            for (int read = zlib.Read(step); read > 0; read = zlib.Read(step))
            {
                profile.Write(step[..read]);
                // a few bytes can stand for gigabytes
                if (profile.Length > RgbProfile.MostBytes)
                    return null;
            }
            return profile.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
