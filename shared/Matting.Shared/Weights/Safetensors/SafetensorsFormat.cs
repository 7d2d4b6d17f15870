namespace Matting.Shared.Weights.Safetensors;

/// <summary>What reader and writer agree on.</summary>
internal static class SafetensorsFormat
{
    /// <summary>The longest header in bytes; the reference implementation has the same limit.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>Bytes before the header: its length.</summary>
    public const int PrefixSize = sizeof(ulong);

    /// <summary>The header key that is no tensor.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>The format's name of an element type.</summary>
    public static string Name(ElementType type) => type switch
    {
        ElementType.Float64 => "F64",
        ElementType.Float32 => "F32",
        ElementType.Float16 => "F16",
        ElementType.BFloat16 => "BF16",
        ElementType.Int64 => "I64",
        ElementType.Int32 => "I32",
        ElementType.Int16 => "I16",
        ElementType.Int8 => "I8",
        ElementType.UInt8 => "U8",
        ElementType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "is not an element type"),
    };

    /// <summary>The element type of a name; null when it is not one that is read.</summary>
    public static ElementType? Find(string name)
    {
        foreach (ElementType type in Enum.GetValues<ElementType>())
        {
            if (Name(type) == name)
                return type;
        }
        return null;
    }
}
