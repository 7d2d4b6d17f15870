using System.Buffers.Binary;
using System.Text;

namespace Matting.Runtime.Diagnostics;

/// <summary>
/// Reads from a Linux library which other libraries it needs (DT_NEEDED), without loading it: the loader names only the first
/// one that is missing. Layout: System V ABI, chapters 4 and 5; 64 bits, little endian.
/// </summary>
internal static class ElfNeeds
{
    private const int HeaderBytes = 64;
    private const int SegmentBytes = 56;
    private const int EntryBytes = 16;
    private const int LongestName = 4096;
    private const int LargestTable = 1 << 20;
    private const uint LoadSegment = 1;
    private const uint DynamicSegment = 2;
    private const long NeededTag = 1;
    private const long StringsTag = 5;

    /// <summary>The names, for instance <c>libcublasLt.so.12</c>; none for a file that is no such library.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<string> Read(FileStream file)
    {
        byte[] header = At(file, 0, HeaderBytes);
        // magic, 64 bits, little endian
        if (!header.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            return [];
        byte[] segments = At(file, Long(header, 32), BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56)) * SegmentBytes);
        int dynamic = Enumerable.Range(0, segments.Length / SegmentBytes).Select(i => i * SegmentBytes)
            .FirstOrDefault(segment => Type(segments, segment) == DynamicSegment, -1);
        if (dynamic < 0)
            return [];
        byte[] entries = At(file, Long(segments, dynamic + 8), (int)Math.Clamp(Long(segments, dynamic + 32), 0, LargestTable));
        List<long> names = [];
        long strings = 0;
        for (int entry = 0; entry + EntryBytes <= entries.Length; entry += EntryBytes)
        {
            if (Long(entries, entry) == NeededTag)
                names.Add(Long(entries, entry + 8));
            else if (Long(entries, entry) == StringsTag)
                strings = FileOffset(segments, Long(entries, entry + 8));
        }
        return [.. names.Select(name => Text(file, strings + name))];
    }

    // the table of strings is given by its address in memory
    private static long FileOffset(byte[] segments, long address)
    {
        for (int segment = 0; segment + SegmentBytes <= segments.Length; segment += SegmentBytes)
        {
            long start = Long(segments, segment + 16);
            if (Type(segments, segment) == LoadSegment && address >= start && address - start < Long(segments, segment + 32))
                return address - start + Long(segments, segment + 8);
        }
        throw new EndOfStreamException("the table of strings lies nowhere");
    }

    private static string Text(FileStream file, long offset)
    {
        byte[] text = new byte[LongestName];
        Seek(file, offset);
        int length = text.AsSpan(0, file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)).IndexOf((byte)0);
        return length >= 0 ? Encoding.UTF8.GetString(text, 0, length) : throw new EndOfStreamException("a name without an end");
    }

    private static byte[] At(FileStream file, long offset, int length)
    {
        byte[] bytes = new byte[length];
        Seek(file, offset);
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void Seek(FileStream file, long offset)
    {
        if (offset < 0 || offset > file.Length)
            throw new EndOfStreamException("a place outside the file");
        file.Position = offset;
    }

    private static uint Type(byte[] segments, int segment) => BinaryPrimitives.ReadUInt32LittleEndian(segments.AsSpan(segment));

    private static long Long(byte[] bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(offset));
}
