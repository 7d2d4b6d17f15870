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

    private readonly ReadOnlySpan<byte> _content;
    private readonly ReadOnlySpan<byte> _entries;
    private readonly bool _big;
    private readonly bool _littleEndian;

    private TiffDirectory(ReadOnlySpan<byte> content, ReadOnlySpan<byte> entries, bool big, bool littleEndian)
    {
        _content = content;
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
        directory = new TiffDirectory(content, rest[..((int)count * entrySize)], big, littleEndian);
        return true;
    }

    /// <summary>True when every value that an entry points to lies inside the bytes; a file that was cut off fails here.</summary>
    internal bool HoldsItsValues()
    {
        for (int at = 0; at < _entries.Length; at += EntrySize)
        {
            ReadOnlySpan<byte> entry = _entries.Slice(at, EntrySize);
            UInt128 bytes = (UInt128)CountOf(entry) * (uint)SizeOf(ReadUInt16(entry[2..], _littleEndian));
            ReadOnlySpan<byte> value = ValueOf(entry);
            if (bytes > (uint)value.Length && OffsetIn(value) + bytes > (uint)_content.Length)
                return false;
        }
        return true;
    }

    /// <summary>One of a tag's numbers; null where there is no such tag or number, or none that is whole.</summary>
    /// <param name="tag">The tag's code.</param>
    /// <param name="index">Which of its numbers.</param>
    internal long? Find(ushort tag, int index = 0)
    {
        for (int at = 0; at < _entries.Length; at += EntrySize)
        {
            ReadOnlySpan<byte> entry = _entries.Slice(at, EntrySize);
            if (ReadUInt16(entry, _littleEndian) != tag)
                continue;
            int type = ReadUInt16(entry[2..], _littleEndian);
            bool whole = type is Short or Long || (type is Long8 && _big);
            return whole && (ulong)index < CountOf(entry) ? Number(ValueOf(entry), CountOf(entry), index, SizeOf(type)) : null;
        }
        return null;
    }

    /// <summary>The bytes that a tag points to; empty where there is no such tag, or its bytes do not lie inside the content.</summary>
    /// <param name="tag">The tag's code, of a value that does not fit into its entry.</param>
    internal ReadOnlySpan<byte> FindBytes(ushort tag)
    {
        for (int at = 0; at < _entries.Length; at += EntrySize)
        {
            ReadOnlySpan<byte> entry = _entries.Slice(at, EntrySize);
            if (ReadUInt16(entry, _littleEndian) != tag || SizeOf(ReadUInt16(entry[2..], _littleEndian)) != 1)
                continue;
            (ulong count, ulong offset) = (CountOf(entry), OffsetIn(ValueOf(entry)));
            ulong length = (ulong)_content.Length;
            return count > (ulong)ValueOf(entry).Length && offset <= length && count <= length - offset ? _content.Slice((int)offset, (int)count) : default;
        }
        return default;
    }

    // Numbers that fit lie in the entry itself, others where the entry points to.
    private long? Number(ReadOnlySpan<byte> value, ulong count, int index, int size)
    {
        ReadOnlySpan<byte> numbers = value;
        if (count > (ulong)(value.Length / size))
        {
            ulong offset = OffsetIn(value);
            if (offset > (ulong)_content.Length)
                return null;
            numbers = _content[(int)offset..];
        }
        if ((index + 1L) * size > numbers.Length)
            return null;
        numbers = numbers[(index * size)..];
        ulong number = size switch { 2 => ReadUInt16(numbers, _littleEndian), 4 => ReadUInt32(numbers, _littleEndian), _ => ReadUInt64(numbers, _littleEndian) };
        return number <= long.MaxValue ? (long)number : null;
    }

    private ulong CountOf(ReadOnlySpan<byte> entry) => _big ? ReadUInt64(entry[4..], _littleEndian) : ReadUInt32(entry[4..], _littleEndian);

    private ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> entry) => entry[(_big ? 12 : 8)..];

    private ulong OffsetIn(ReadOnlySpan<byte> value) => _big ? ReadUInt64(value, _littleEndian) : ReadUInt32(value, _littleEndian);

    // Bytes of one number by its type code (TIFF 6.0, section 2; 13 is an offset, 16 to 18 are those of the 64-bit variant).
    private static int SizeOf(int type) => type switch
    {
        Short or 8 => 2,
        Long or 9 or 11 or 13 => 4,
        5 or 10 or 12 or Long8 or 17 or 18 => 8,
        _ => 1,
    };

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static ulong ReadUInt64(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
}
