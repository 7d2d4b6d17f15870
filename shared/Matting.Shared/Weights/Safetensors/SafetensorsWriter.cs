using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Matting.Shared.Weights.Safetensors;

/// <summary>Writes safetensors files.</summary>
internal static class SafetensorsWriter
{
    /// <summary>
    /// Writes from the stream's position on. The header names the tensors in their order; their bytes lie with the widest
    /// elements first, so that every tensor is aligned to its elements.
    /// </summary>
    public static void Write(Stream stream, StateDict tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        if (tensors.Contains(SafetensorsFormat.MetadataKey))
            throw new ArgumentException($"a tensor cannot be called {SafetensorsFormat.MetadataKey}", nameof(tensors));
        (string Name, WeightTensor Tensor)[] placed =
            [.. tensors.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value.Type.Size())];
        Dictionary<string, long> begins = new(StringComparer.Ordinal);
        long end = 0;
        foreach ((string name, WeightTensor tensor) in placed)
        {
            begins.Add(name, end);
            end += tensor.Data.Length;
        }

        ReadOnlyMemory<byte> header = Header(tensors, begins, metadata);
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.PrefixSize];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header.Span);
        foreach ((_, WeightTensor tensor) in placed)
            stream.Write(tensor.Data.Span);
    }

    private static ReadOnlyMemory<byte> Header(
        StateDict tensors, Dictionary<string, long> begins, IReadOnlyDictionary<string, string>? metadata)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsFormat.MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            foreach ((string name, WeightTensor tensor) in tensors)
                WriteEntry(json, name, tensor, begins[name]);
            json.WriteEndObject();
        }
        // the format pads with spaces; the tensors then begin at a multiple of eight
        while (bytes.WrittenCount % sizeof(ulong) != 0)
            bytes.Write(" "u8);
        if (bytes.WrittenCount > SafetensorsFormat.LongestHeader)
            throw new ArgumentException($"the header would have {bytes.WrittenCount} bytes; {SafetensorsFormat.LongestHeader} are the most", nameof(tensors));
        return bytes.WrittenMemory;
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, WeightTensor tensor, long begin)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype"u8, SafetensorsFormat.Name(tensor.Type));
        json.WriteStartArray("shape"u8);
        foreach (long size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets"u8);
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
