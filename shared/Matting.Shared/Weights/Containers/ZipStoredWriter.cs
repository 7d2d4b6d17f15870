using System.Buffers.Binary;
using System.Text;

namespace Matting.Shared.Weights.Containers;

/// <summary>
/// Writes zip files as <c>torch.save</c> does: nothing compressed, each entry's bytes at a multiple of 64 (so that they
/// can be mapped into memory), no clock times, 64-bit end records.
/// </summary>
internal sealed class ZipStoredWriter(Stream stream)
{
    private const int Alignment = 64;
    private const int LocalHeaderSize = 30;
    private const int CentralHeaderSize = 46;
    private const ushort Utf8Flag = 0x800;

    // the padding's field number is PyTorch's: "FB"
    private const ushort PaddingId = 0x4246;

    // 1 January 1980, the first day zip knows
    private const uint NoDate = 0x0021_0000;

    private readonly List<Written> _written = [];
    private long _position;

    /// <summary>Appends an entry.</summary>
    public void Add(string name, ReadOnlySpan<byte> bytes)
    {
        byte[] rawName = Encoding.UTF8.GetBytes(name);
        long afterHeader = _position + LocalHeaderSize + rawName.Length + 4;
        int padding = (int)((Alignment - afterHeader % Alignment) % Alignment);
        Written entry = new(rawName, _position, (uint)bytes.Length, Crc32.Of(bytes));

        Span<byte> header = stackalloc byte[LocalHeaderSize];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
        WriteCommon(header[4..], entry, 4 + padding);
        Put(header);
        Put(rawName);
        Span<byte> extra = stackalloc byte[4 + Alignment];
        BinaryPrimitives.WriteUInt16LittleEndian(extra, PaddingId);
        BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], (ushort)padding);
        extra[4..].Fill((byte)'Z');
        Put(extra[..(4 + padding)]);
        Put(bytes);
        _written.Add(entry);
    }

    /// <summary>Writes the directory; nothing may be added afterwards.</summary>
    public void Finish()
    {
        long directoryOffset = _position;
        foreach (Written entry in _written)
            WriteDirectoryEntry(entry);
        WriteEnd(directoryOffset, _position - directoryOffset);
    }

    private void WriteDirectoryEntry(Written entry)
    {
        bool wide = entry.Offset >= uint.MaxValue;
        Span<byte> header = stackalloc byte[CentralHeaderSize];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014B50);
        WriteCommon(header[6..], entry, wide ? 12 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], wide ? uint.MaxValue : (uint)entry.Offset);
        Put(header);
        Put(entry.Name);
        if (!wide)
            return;
        Span<byte> extra = stackalloc byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(extra, Zip64Extra.Id);
        BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(extra[4..], entry.Offset);
        Put(extra);
    }

    // the 64-bit record first, then its locator, then the old record with what fits
    private void WriteEnd(long offset, long size)
    {
        long wideOffset = _position;
        Span<byte> end = stackalloc byte[56 + 20 + 22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06064B50);
        BinaryPrimitives.WriteInt64LittleEndian(end[4..], 56 - 12);
        BinaryPrimitives.WriteUInt16LittleEndian(end[12..], 45);
        BinaryPrimitives.WriteUInt16LittleEndian(end[14..], 45);
        BinaryPrimitives.WriteInt64LittleEndian(end[24..], _written.Count);
        BinaryPrimitives.WriteInt64LittleEndian(end[32..], _written.Count);
        BinaryPrimitives.WriteInt64LittleEndian(end[40..], size);
        BinaryPrimitives.WriteInt64LittleEndian(end[48..], offset);

        Span<byte> locator = end[56..];
        BinaryPrimitives.WriteUInt32LittleEndian(locator, 0x07064B50);
        BinaryPrimitives.WriteInt64LittleEndian(locator[8..], wideOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(locator[16..], 1);

        Span<byte> old = locator[20..];
        BinaryPrimitives.WriteUInt32LittleEndian(old, 0x06054B50);
        ushort count = (ushort)Math.Min(_written.Count, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(old[8..], count);
        BinaryPrimitives.WriteUInt16LittleEndian(old[10..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(old[12..], (uint)Math.Min(size, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(old[16..], (uint)Math.Min(offset, uint.MaxValue));
        Put(end);
    }

    // the part that both headers have: version, flags, method, date, checksum, sizes, lengths
    private static void WriteCommon(Span<byte> to, Written entry, int extraLength)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(to, 45);
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], Utf8Flag);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(to[6..], NoDate);
        BinaryPrimitives.WriteUInt32LittleEndian(to[10..], entry.Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(to[14..], entry.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(to[18..], entry.Size);
        BinaryPrimitives.WriteUInt16LittleEndian(to[22..], (ushort)entry.Name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(to[24..], (ushort)extraLength);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _position += bytes.Length;
    }

    private sealed record Written(byte[] Name, long Offset, uint Size, uint Checksum);
}
