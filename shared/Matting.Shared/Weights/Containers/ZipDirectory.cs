using System.Buffers.Binary;

namespace Matting.Shared.Weights.Containers;

/// <summary>Where a zip file keeps its directory.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Size">Its length in bytes; offset and size lie inside the file.</param>
/// <param name="Entries">How many entries it claims.</param>
internal readonly record struct ZipDirectory(long Offset, long Size, long Entries)
{
    private const int EndSize = 22;
    private const int LocatorSize = 20;
    private const int WideEndSize = 56;
    private const int LongestComment = ushort.MaxValue;
    private const uint EndSignature = 0x06054B50;
    private const uint LocatorSignature = 0x07064B50;
    private const uint WideEndSignature = 0x06064B50;

    /// <summary>Finds the record at the end of the file and, if there is one, its 64-bit twin.</summary>
    /// <exception cref="WeightsFormatException">There is none, or it points outside the file.</exception>
    public static ZipDirectory Find(ByteSource source)
    {
        int tailLength = (int)Math.Min(source.Length, EndSize + LongestComment);
        long tailOffset = source.Length - tailLength;
        ReadOnlySpan<byte> tail = source.Read(tailOffset, tailLength);
        for (int at = tailLength - EndSize; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = tail[at..];
            // the comment has to reach exactly to the end of the file, or this is data that looks like a record
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndSignature
                && BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) == end.Length - EndSize)
                return Read(source, end, tailOffset + at);
        }
        throw source.Refuse(WeightsFormatError.Truncated, "the zip directory at its end is missing: the file is cut off");
    }

    private static ZipDirectory Read(ByteSource source, ReadOnlySpan<byte> end, long endOffset)
    {
        ushort disk = BinaryPrimitives.ReadUInt16LittleEndian(end[4..]);
        ulong entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        ulong size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        long limit = endOffset;
        if (disk is not 0 and not ushort.MaxValue)
            throw source.Refuse(WeightsFormatError.BadContainer, "is a part of a zip file that is split over several");
        if (endOffset >= LocatorSize)
        {
            Span<byte> locator = stackalloc byte[LocatorSize];
            source.Read(endOffset - LocatorSize, locator);
            if (BinaryPrimitives.ReadUInt32LittleEndian(locator) == LocatorSignature)
            {
                ulong wideOffset = BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]);
                limit = ReadWide(source, wideOffset, endOffset - LocatorSize, out entries, out size, out offset);
            }
        }
        if (size > (ulong)limit || offset > (ulong)limit - size)
        {
            throw source.Refuse(
                WeightsFormatError.BadContainer, $"claims a zip directory of {size} bytes at offset {offset}, beyond its end at {limit}");
        }
        return new ZipDirectory((long)offset, (long)size, (long)Math.Min(entries, long.MaxValue));
    }

    private static long ReadWide(
        ByteSource source, ulong wideOffset, long locatorOffset, out ulong entries, out ulong size, out ulong offset)
    {
        Span<byte> wide = stackalloc byte[WideEndSize];
        if (locatorOffset < WideEndSize || wideOffset > (ulong)(locatorOffset - WideEndSize))
            throw source.Refuse(WeightsFormatError.BadContainer, $"the 64-bit zip record at offset {wideOffset} is outside");
        source.Read((long)wideOffset, wide);
        if (BinaryPrimitives.ReadUInt32LittleEndian(wide) != WideEndSignature)
            throw source.Refuse(WeightsFormatError.BadContainer, $"there is no 64-bit zip record at offset {wideOffset}");
        entries = BinaryPrimitives.ReadUInt64LittleEndian(wide[32..]);
        size = BinaryPrimitives.ReadUInt64LittleEndian(wide[40..]);
        offset = BinaryPrimitives.ReadUInt64LittleEndian(wide[48..]);
        return (long)wideOffset;
    }
}
