using System.Buffers.Binary;
using Matting.Shared.Weights.Containers;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Safetensors;

/// <summary>Reads safetensors files; everything is checked before the first tensor is made.</summary>
internal static class SafetensorsReader
{
    /// <summary>Whether the content begins like such a file: a plausible length, then an object.</summary>
    public static bool Matches(ReadOnlySpan<byte> beginning) =>
        beginning.Length > SafetensorsFormat.PrefixSize && beginning[SafetensorsFormat.PrefixSize] == '{';

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or has element types that are not read.</exception>
    public static SafetensorsDocument Read(ByteSource source)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.PrefixSize];
        source.Read(0, prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsFormat.LongestHeader)
            throw source.Refuse(LimitExceeded, $"claims a header of {length} bytes; {SafetensorsFormat.LongestHeader} are the most");
        byte[] json = source.Read(SafetensorsFormat.PrefixSize, (int)length);
        if (json is not [(byte)'{', ..])
            throw source.Refuse(BadHeader, "the header does not begin with '{'");
        SafetensorsHeader header = SafetensorsHeader.Parse(source, json);

        long dataOffset = SafetensorsFormat.PrefixSize + json.Length;
        CheckEntries(source, header.Entries);
        CheckLayout(source, header.Entries, source.Length - dataOffset);
        StateDict tensors = new();
        foreach (SafetensorsEntry entry in header.Entries)
        {
            byte[] bytes = source.Read(dataOffset + entry.Begin, (int)(entry.End - entry.Begin));
            tensors.Add(entry.Name, new WeightTensor(entry.Type, entry.Shape, bytes));
        }
        return new SafetensorsDocument(tensors, header.Metadata);
    }

    private static void CheckEntries(ByteSource source, List<SafetensorsEntry> entries)
    {
        foreach ((string name, ElementType type, long[] shape, long begin, long end) in entries)
        {
            if (!TensorShape.TryCountElements(shape, out long count))
                throw source.Refuse(BadTensor, $"has the impossible shape {TensorShape.Format(shape)}", name);
            if (end < begin || (Int128)count * type.Size() != end - begin)
            {
                throw source.Refuse(
                    BadTensor, $"{type.TorchName()} {TensorShape.Format(shape)} does not fit into the bytes from {begin} to {end}", name);
            }
            if (end - begin > Array.MaxLength)
                throw source.Refuse(LimitExceeded, $"{end - begin} bytes are more than 2 GiB in one piece", name);
        }
    }

    // in the order of their place the tensors must cover the file: no gap could hide anything, no byte belongs to two
    private static void CheckLayout(ByteSource source, List<SafetensorsEntry> entries, long available)
    {
        long covered = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != covered)
            {
                throw source.Refuse(
                    BadLayout, $"begins at {entry.Begin}, the tensor before it ends at {covered}: {(entry.Begin < covered ? "they overlap" : "there is a gap")}", entry.Name);
            }
            covered = entry.End;
        }
        if (covered > available)
            throw source.Refuse(Truncated, $"the tensors take {covered} bytes, but {available} are there");
        if (covered < available)
            throw source.Refuse(BadLayout, $"{available - covered} bytes follow the last tensor");
    }
}
