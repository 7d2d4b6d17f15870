using System.Buffers.Binary;
using System.Text;

namespace Matting.Shared.Tests.Weights;

/// <summary>Writes zip files by the book, or with the lies a test asks for; independent of the writer under test.</summary>
internal sealed class TinyZip
{
    private readonly List<Entry> _entries = [];

    /// <summary>What an entry claims about itself; null: the truth.</summary>
    public sealed record Entry(string Name, byte[] Data)
    {
        public ushort Flags { get; init; }
        public ushort Method { get; init; }
        public ushort? LocalMethod { get; init; }
        public string? LocalName { get; init; }
        public uint? Size { get; init; }
        public uint? LocalSize { get; init; }
        public uint? PackedSize { get; init; }
        public uint? Offset { get; init; }
        public uint? Checksum { get; init; }
        public byte[] CentralExtra { get; init; } = [];
        public byte[] LocalExtra { get; init; } = [];
    }

    public uint? DirectoryOffset { get; init; }

    public uint? DirectorySize { get; init; }

    public ushort? Entries { get; init; }

    public string Comment { get; init; } = "";

    public TinyZip Add(string name, byte[] data) => Add(new Entry(name, data));

    public TinyZip Add(Entry entry)
    {
        _entries.Add(entry);
        return this;
    }

    /// <summary>A PyTorch checkpoint with this pickle and these float storages.</summary>
    public static byte[] Checkpoint(byte[] pickle, params float[][] storages)
    {
        TinyZip zip = new TinyZip().Add("r/data.pkl", pickle);
        for (int i = 0; i < storages.Length; i++)
            zip.Add($"r/data/{i}", System.Runtime.InteropServices.MemoryMarshal.AsBytes(storages[i].AsSpan()).ToArray());
        return zip.Add("r/version", "3\n"u8.ToArray()).Build();
    }

    public byte[] Build()
    {
        using MemoryStream file = new();
        List<long> offsets = [];
        foreach (Entry entry in _entries)
        {
            offsets.Add(file.Position);
            byte[] name = Encoding.UTF8.GetBytes(entry.LocalName ?? entry.Name);
            file.Write("PK\u0003\u0004"u8);
            Common(file, entry, entry.LocalMethod ?? entry.Method, entry.LocalSize ?? entry.Size, entry.LocalSize ?? entry.PackedSize);
            Numbers16(file, name.Length, entry.LocalExtra.Length);
            file.Write(name);
            file.Write(entry.LocalExtra);
            file.Write(entry.Data);
        }
        long directory = file.Position;
        foreach ((Entry entry, long offset) in _entries.Zip(offsets))
        {
            byte[] name = Encoding.UTF8.GetBytes(entry.Name);
            file.Write("PK\u0001\u0002"u8);
            Numbers16(file, 20);
            Common(file, entry, entry.Method, entry.Size, entry.PackedSize);
            Numbers16(file, name.Length, entry.CentralExtra.Length, 0, 0, 0, 0, 0);
            Number32(file, entry.Offset ?? (uint)offset);
            file.Write(name);
            file.Write(entry.CentralExtra);
        }
        uint size = (uint)(file.Position - directory);
        int count = Entries ?? _entries.Count;
        file.Write("PK\u0005\u0006"u8);
        Numbers16(file, 0, 0, count, count);
        Number32(file, DirectorySize ?? size);
        Number32(file, DirectoryOffset ?? (uint)directory);
        Numbers16(file, Comment.Length);
        file.Write(Encoding.ASCII.GetBytes(Comment));
        return file.ToArray();
    }

    /// <summary>CRC-32 bit by bit.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private static void Common(MemoryStream file, Entry entry, ushort method, uint? size, uint? packed)
    {
        Numbers16(file, 20, entry.Flags, method, 0, 0x21);
        Number32(file, entry.Checksum ?? Crc(entry.Data));
        Number32(file, packed ?? size ?? (uint)entry.Data.Length);
        Number32(file, size ?? (uint)entry.Data.Length);
    }

    private static void Numbers16(MemoryStream file, params int[] values)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
            file.Write(bytes);
        }
    }

    private static void Number32(MemoryStream file, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        file.Write(bytes);
    }
}
