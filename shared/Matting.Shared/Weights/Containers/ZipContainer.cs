using System.Buffers.Binary;
using System.Text;

namespace Matting.Shared.Weights.Containers;

/// <summary>
/// Reads the zip files that <c>torch.save</c> writes: stored entries only, zip64 included. Everything is checked when
/// the container is opened; hostile names are harmless, as nothing is ever unpacked to a disk.
/// </summary>
/// <remarks>Source of the layout: PKWARE's APPNOTE 6.3.10, sections 4.3 to 4.5.</remarks>
internal sealed class ZipContainer
{
    private const int LocalHeaderSize = 30;
    private const int CentralHeaderSize = 46;
    private const uint LocalSignature = 0x04034B50;
    private const uint CentralSignature = 0x02014B50;
    private const int LongestDirectory = 64 << 20;
    private const ushort EncryptedFlag = 1;
    private const ushort DescriptorFlag = 8;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ByteSource _source;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);

    private ZipContainer(ByteSource source) => _source = source;

    /// <summary>The names of all entries.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Whether the content begins like a zip file.</summary>
    public static bool Matches(ReadOnlySpan<byte> beginning) => beginning.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Reads and checks the directory.</summary>
    /// <exception cref="WeightsFormatException">The container is damaged, compressed, encrypted or inconsistent.</exception>
    public static ZipContainer Open(ByteSource source)
    {
        ZipDirectory directory = ZipDirectory.Find(source);
        if (directory.Size > LongestDirectory)
            throw source.Refuse(WeightsFormatError.LimitExceeded, $"a zip directory of {directory.Size} bytes is too large");
        ZipContainer container = new(source);
        container.ReadDirectory(source.Read(directory.Offset, (int)directory.Size), directory);
        container.RefuseOverlaps(directory.Offset);
        return container;
    }

    /// <summary>Finds an entry by its full name.</summary>
    public bool TryGet(string name, out ZipEntry entry) => _entries.TryGetValue(name, out entry);

    /// <summary>Reads an entry's bytes and compares them with the checksum.</summary>
    /// <exception cref="WeightsFormatException">The entry is larger than an array can be, or its checksum differs.</exception>
    public byte[] Read(ZipEntry entry)
    {
        if (entry.Size > Array.MaxLength)
            throw _source.Refuse(WeightsFormatError.LimitExceeded, $"{entry.Size} bytes in one piece are too many", entry.Name);
        byte[] bytes = _source.Read(entry.DataOffset, (int)entry.Size);
        // torch.save can be told to leave checksums out and then writes 0
        if (entry.Checksum != 0 && Crc32.Of(bytes) != entry.Checksum)
            throw _source.Refuse(WeightsFormatError.BadChecksum, "the bytes do not have the recorded CRC-32: the file is damaged", entry.Name);
        return bytes;
    }

    private void ReadDirectory(ReadOnlySpan<byte> bytes, ZipDirectory directory)
    {
        for (long i = 0; i < directory.Entries; i++)
        {
            if (bytes.Length < CentralHeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != CentralSignature)
                throw Bad($"directory entry {i} of {directory.Entries} is not one");
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]);
            int length = CentralHeaderSize + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
            if (bytes.Length < length)
                throw Bad($"directory entry {i} of {directory.Entries} is cut off");
            ReadEntry(bytes[..length], nameLength, extraLength, directory.Offset);
            bytes = bytes[length..];
        }
        if (bytes.Length != 0)
            throw Bad($"{bytes.Length} bytes follow the last directory entry");
    }

    private void ReadEntry(ReadOnlySpan<byte> header, int nameLength, int extraLength, long end)
    {
        ReadOnlySpan<byte> rawName = header.Slice(CentralHeaderSize, nameLength);
        string name = Decode(rawName);
        ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        ushort method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        if ((flags & EncryptedFlag) != 0)
            throw Bad("is encrypted", name);
        if (method != 0)
            throw Bad($"is compressed (method {method}); torch.save stores its entries as they are", name);
        ulong packed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        ulong size = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        ReadOnlySpan<byte> extra = header.Slice(CentralHeaderSize + nameLength, extraLength);
        if (!Zip64Extra.TryWiden(extra, ref size, ref packed, ref offset))
            throw Bad("its 64-bit sizes are missing or cut off", name);
        if (packed != size)
            throw Bad($"is stored, yet claims {packed} bytes in the file and {size} outside", name);
        if (size > (ulong)end || offset > (ulong)end)
            throw Bad($"claims {size} bytes at offset {offset}, beyond the directory at {end}", name);

        long dataOffset = CheckLocalHeader(name, rawName, (long)offset, (long)size, end);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        if (!_entries.TryAdd(name, new ZipEntry(name, (long)offset, dataOffset, (long)size, checksum)))
            throw Bad("is there twice", name);
    }

    // the directory rules; the local header has to agree with it in name, method and size
    private long CheckLocalHeader(string name, ReadOnlySpan<byte> rawName, long offset, long size, long end)
    {
        Span<byte> local = stackalloc byte[LocalHeaderSize];
        _source.Read(offset, local);
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalSignature)
            throw Bad($"has no header at offset {offset}", name);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
        long dataOffset = offset + LocalHeaderSize + rawName.Length + extraLength;
        if (BinaryPrimitives.ReadUInt16LittleEndian(local[26..]) != rawName.Length
            || !_source.Read(offset + LocalHeaderSize, rawName.Length).AsSpan().SequenceEqual(rawName))
            throw Bad("is called differently in its own header", name);
        if (BinaryPrimitives.ReadUInt16LittleEndian(local[8..]) != 0)
            throw Bad("is compressed according to its own header", name);
        bool sizeFollows = (BinaryPrimitives.ReadUInt16LittleEndian(local[6..]) & DescriptorFlag) != 0;
        uint localSize = BinaryPrimitives.ReadUInt32LittleEndian(local[22..]);
        if (!sizeFollows && localSize != uint.MaxValue && localSize != size)
            throw Bad($"has {size} bytes in the directory and {localSize} in its own header", name);
        if (size > end - dataOffset)
            throw Bad($"claims {size} bytes at offset {dataOffset}, beyond the directory at {end}", name);
        return dataOffset;
    }

    private void RefuseOverlaps(long directoryOffset)
    {
        ZipEntry previous = default;
        long free = 0;
        foreach (ZipEntry entry in _entries.Values.OrderBy(entry => entry.HeaderOffset))
        {
            if (entry.HeaderOffset < free)
                throw Bad($"overlaps '{previous.Name}'", entry.Name);
            free = entry.DataOffset + entry.Size;
            previous = entry;
        }
        if (free > directoryOffset)
            throw Bad("overlaps the zip directory", previous.Name);
    }

    private string Decode(ReadOnlySpan<byte> name)
    {
        try
        {
            return StrictUtf8.GetString(name);
        }
        catch (DecoderFallbackException error)
        {
            throw _source.Refuse(WeightsFormatError.BadContainer, "the name of a zip entry is not UTF-8", inner: error);
        }
    }

    private WeightsFormatException Bad(string detail, string? name = null) =>
        _source.Refuse(WeightsFormatError.BadContainer, detail, name);
}
