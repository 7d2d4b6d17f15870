using System.Buffers.Binary;
using System.IO.Compression;
using Matting.Shared.Numerics;

namespace Matting.Fuzz.Mutations;

/// <summary>
/// Damage inside the chunks of a PNG whose checksums are then made right, so that it gets past them: other header fields,
/// other pixels under the compression, chunks that are missing, foreign, doubled or in the wrong place.
/// </summary>
internal static class PngMutator
{
    private const int SignatureBytes = 8;
    private const int NameBytes = 4;

    public static byte[] Mutate(byte[] seed, byte[] other, SeededRandom random)
    {
        List<(byte[] Name, byte[] Data)> chunks = Chunks(seed);
        for (int i = random.Next(3); i >= 0; i--)
            Change(chunks, other, random);
        return Write(seed.AsSpan(0, SignatureBytes), chunks, wrongSum: random.Chance(0.05));
    }

    private static void Change(List<(byte[] Name, byte[] Data)> chunks, byte[] other, SeededRandom random)
    {
        if (chunks.Count == 0)
            return;
        int at = random.Next(chunks.Count);
        (byte[] name, byte[] data) = chunks[at];
        switch (random.Next(8))
        {
            case 0:
                chunks.RemoveAt(at);
                break;
            case 1:
                chunks.Insert(random.Next(chunks.Count + 1), chunks[at]);
                break;
            case 2:
                int second = random.Next(chunks.Count);
                (chunks[at], chunks[second]) = (chunks[second], chunks[at]);
                break;
            case 3:
                List<(byte[] Name, byte[] Data)> foreign = Chunks(other);
                chunks.Insert(at, foreign[random.Next(foreign.Count)]);
                break;
            case 4 or 5 when name.AsSpan().SequenceEqual("IDAT"u8):
                chunks[at] = (name, Compress(ByteMutator.Mutate(Inflate(data), default, random)));
                break;
            case 6:
                chunks[0] = (chunks[0].Name, Header(chunks[0].Data, random));
                break;
            default:
                chunks[at] = (name, ByteMutator.Mutate(data, other, random));
                break;
        }
    }

    // width, height, bits, colour type, compression, filter, interlacing
    private static byte[] Header(byte[] data, SeededRandom random)
    {
        if (data.Length != 13)
            return data;
        byte[] changed = [.. data];
        switch (random.Next(4))
        {
            case 0 or 1:
                int side = random.Next(2) * 4;
                BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(side), unchecked((int)InterestingNumbers.Near(random, BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(side)))));
                break;
            case 2:
                changed[8] = (byte)(1 << random.Next(6));
                changed[9] = (byte)random.Next(7);
                break;
            default:
                changed[8 + random.Next(5)] = (byte)random.Next(9);
                break;
        }
        return changed;
    }

    private static byte[] Inflate(byte[] data)
    {
        using MemoryStream plain = new();
        try
        {
            using ZLibStream stream = new(new MemoryStream(data), CompressionMode.Decompress);
            stream.CopyTo(plain);
        }
        catch (InvalidDataException)
        {
            // damaged before: what was read until then is damaged further
        }
        return plain.Length > 0 ? plain.ToArray() : [0];
    }

    private static byte[] Compress(byte[] plain)
    {
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(plain);
        return packed.ToArray();
    }

    private static List<(byte[] Name, byte[] Data)> Chunks(byte[] png)
    {
        List<(byte[], byte[])> chunks = [];
        for (int at = SignatureBytes; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((png[(at + 4)..(at + 8)], png[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }
        return chunks;
    }

    private static byte[] Write(ReadOnlySpan<byte> signature, List<(byte[] Name, byte[] Data)> chunks, bool wrongSum)
    {
        using MemoryStream png = new();
        png.Write(signature);
        Span<byte> number = stackalloc byte[4];
        foreach ((byte[] name, byte[] data) in chunks)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            png.Write(number);
            int start = (int)png.Length;
            png.Write(name.AsSpan(0, NameBytes));
            png.Write(data);
            BinaryPrimitives.WriteUInt32BigEndian(number, PngChecksum.Of(png.GetBuffer().AsSpan(start, (int)png.Length - start)) ^ (wrongSum ? 1u : 0u));
            png.Write(number);
        }
        return png.ToArray();
    }
}
