using System.Text;
using System.Text.Json;
using Matting.Shared.Weights.Containers;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Safetensors;

/// <summary>One tensor as a safetensors header describes it; offsets count from the end of the header.</summary>
internal readonly record struct SafetensorsEntry(string Name, ElementType Type, long[] Shape, long Begin, long End);

/// <summary>Parses the JSON header strictly: known keys only, each once, whole numbers, no comments.</summary>
internal sealed class SafetensorsHeader
{
    private const int MostDimensions = 64;
    private const int MostTensors = 1_000_000;

    private readonly ByteSource _source;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private SafetensorsHeader(ByteSource source) => _source = source;

    /// <summary>The tensors in the order of the header.</summary>
    public List<SafetensorsEntry> Entries { get; } = [];

    /// <summary>The free text.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Parses a header.</summary>
    /// <exception cref="WeightsFormatException">It is not what the format allows.</exception>
    public static SafetensorsHeader Parse(ByteSource source, ReadOnlySpan<byte> json)
    {
        SafetensorsHeader header = new(source);
        try
        {
            header.ReadAll(new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 }));
        }
        catch (JsonException error)
        {
            throw source.Refuse(BadHeader, $"the header is not the JSON of this format: {error.Message}", inner: error);
        }
        catch (InvalidOperationException error)
        {
            // Utf8JsonReader's way to say that text is not UTF-8 or holds half a surrogate pair
            throw source.Refuse(BadHeader, "the header holds text that is not Unicode", inner: error);
        }
        return header;
    }

    private void ReadAll(Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.StartObject);
        while (NextName(ref json) is { } name)
        {
            if (!_names.Add(name))
                throw _source.Refuse(DuplicateName, "is in the header twice", name);
            if (_names.Count > MostTensors)
                throw _source.Refuse(LimitExceeded, $"the header names more than {MostTensors} tensors");
            if (name == SafetensorsFormat.MetadataKey)
                ReadMetadata(ref json);
            else
                Entries.Add(ReadEntry(ref json, name));
        }
        // only white space may follow; the reader itself refuses anything else
        json.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.StartObject);
        while (NextName(ref json) is { } key)
        {
            Expect(ref json, JsonTokenType.String);
            if (!Metadata.TryAdd(key, json.GetString()!))
                throw _source.Refuse(DuplicateName, "is in the metadata twice", key);
        }
    }

    private SafetensorsEntry ReadEntry(ref Utf8JsonReader json, string name)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        Expect(ref json, JsonTokenType.StartObject);
        while (NextName(ref json) is { } key)
        {
            bool seen = key switch { "dtype" => type is not null, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false };
            if (seen)
                throw _source.Refuse(BadHeader, $"has {key} twice", name);
            switch (key)
            {
                case "dtype":
                    Expect(ref json, JsonTokenType.String);
                    type = json.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(ref json, name);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref json, name);
                    break;
                default:
                    throw _source.Refuse(BadHeader, $"has an unknown property {key}", name);
            }
        }
        if (type is null || shape is null || offsets is not [var begin, var end])
            throw _source.Refuse(BadHeader, "needs dtype, shape and two data_offsets", name);
        ElementType element = SafetensorsFormat.Find(type)
            ?? throw _source.Refuse(UnsupportedType, $"elements of type {type} are not read", name);
        return new SafetensorsEntry(name, element, shape, begin, end);
    }

    private long[] ReadNumbers(ref Utf8JsonReader json, string name)
    {
        List<long> numbers = [];
        Expect(ref json, JsonTokenType.StartArray);
        while (Next(ref json) != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
                throw _source.Refuse(BadHeader, $"{Encoding.UTF8.GetString(json.ValueSpan)} is not a size or an offset", name);
            if (numbers.Count == MostDimensions)
                throw _source.Refuse(LimitExceeded, $"has more than {MostDimensions} dimensions", name);
            numbers.Add(number);
        }
        return [.. numbers];
    }

    // the next property's name; null at the end of the object
    private static string? NextName(ref Utf8JsonReader json) => Next(ref json) switch
    {
        JsonTokenType.EndObject => null,
        _ => json.GetString()!,
    };

    private void Expect(ref Utf8JsonReader json, JsonTokenType wanted)
    {
        if (Next(ref json) != wanted)
            throw _source.Refuse(BadHeader, $"the header has {json.TokenType} at byte {json.TokenStartIndex} where {wanted} belongs");
    }

    private static JsonTokenType Next(ref Utf8JsonReader json) =>
        json.Read() ? json.TokenType : throw new JsonException("it ends too early");
}
