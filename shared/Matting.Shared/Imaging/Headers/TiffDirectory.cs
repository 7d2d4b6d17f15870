using System.Buffers.Binary;

namespace Matting.Shared.Imaging.Headers;

/// <summary>
/// The first directory of a TIFF structure (TIFF 6.0 and its 64-bit variant): a whole TIFF file, or the EXIF data inside
/// another one. Only whole numbers are looked up; whatever lies outside the bytes reads as absent.
/// </summary>
internal readonly ref struct TiffDirectory
{
    private const int Short = 3;
    private const int Long = 4;
    private const int Long8 = 16;

    private readonly ReadOnlySpan<byte> _entries;
    private readonly bool _big;
    private readonly bool _littleEndian;

    private TiffDirectory(ReadOnlySpan<byte> entries, bool big, bool littleEndian)
    {
        _entries = entries;
        _big = big;
        _littleEndian = littleEndian;
    }

    private int EntrySize => _big ? 20 : 12;

    internal static bool HasSignature(ReadOnlySpan<byte> content) =>
        content.StartsWith("II*\0"u8) || content.StartsWith("MM\0*"u8) || content.StartsWith("II+\0"u8) || content.StartsWith("MM\0+"u8);

    /// <summary>Finds the first directory; false where there is none (whole) inside the bytes.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> content, out TiffDirectory directory)
    {
        directory = default;
        if (!HasSignature(content))
            return false;
        bool littleEndian = content[0] == 'I';
        bool big = content.IndexOf((byte)'+') is 2 or 3;
        int countSize = big ? 8 : 2;
        if (content.Length < (big ? 16 : 8))
            return false;
        ulong start = big ? ReadUInt64(content[8..], littleEndian) : ReadUInt32(content[4..], littleEndian);
        if (start > (ulong)content.Length || content.Length - (int)start < countSize)
            return false;
        ReadOnlySpan<byte> rest = content[(int)start..];
        ulong count = big ? ReadUInt64(rest, littleEndian) : ReadUInt16(rest, littleEndian);
        rest = rest[countSize..];
        int entrySize = big ? 20 : 12;
        if (count > (ulong)(rest.Length / entrySize))
            return false;
        directory = new TiffDirectory(rest[..((int)count * entrySize)], big, littleEndian);
        return true;
    }

    /// <summary>The (first) number of a tag, or null where the tag is absent or no single whole number.</summary>
    internal long? Find(ushort tag)
    {
        for (int at = 0; at < _entries.Length; at += EntrySize)
        {
            ReadOnlySpan<byte> entry = _entries.Slice(at, EntrySize);
            if (ReadUInt16(entry, _littleEndian) != tag)
                continue;
            ReadOnlySpan<byte> value = entry[(_big ? 12 : 8)..];
            return ReadUInt16(entry[2..], _littleEndian) switch
            {
                Short => ReadUInt16(value, _littleEndian),
                Long => ReadUInt32(value, _littleEndian),
                Long8 when _big && ReadUInt64(value, _littleEndian) <= long.MaxValue => (long)ReadUInt64(value, _littleEndian),
                _ => null,
            };
        }
        return null;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static ulong ReadUInt64(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
}
