using System.Collections.Frozen;

namespace Matting.Shared.Weights.Pickle;

/// <summary>What a known name stands for.</summary>
internal enum KnownGlobalKind
{
    OrderedDict,
    Size,
    EncodedBytes,
    Storage,
    Tensor,
    TensorWithHooks,
    Parameter,
}

/// <summary>
/// The only names a pickle may mention. Each stands for a few lines of this project; no name is ever looked up
/// among types, and no code of a file is ever run.
/// </summary>
internal sealed class KnownGlobal
{
    private static readonly FrozenDictionary<string, KnownGlobal> All = MakeAll().ToFrozenDictionary(known => known.Name);

    private KnownGlobal(string name, KnownGlobalKind kind, ElementType element = default)
    {
        Name = name;
        Kind = kind;
        Element = element;
    }

    /// <summary>Module and name, joined by a dot.</summary>
    public string Name { get; }

    /// <summary>What the name stands for.</summary>
    public KnownGlobalKind Kind { get; }

    /// <summary>The element type; only for <see cref="KnownGlobalKind.Storage"/>.</summary>
    public ElementType Element { get; }

    /// <summary>Finds a name; null when it is not one of the few.</summary>
    public static KnownGlobal? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>PyTorch's class for a storage of such elements, without its module.</summary>
    public static string StorageName(ElementType element) => element switch
    {
        ElementType.Float32 => "FloatStorage",
        ElementType.Float64 => "DoubleStorage",
        ElementType.Float16 => "HalfStorage",
        ElementType.BFloat16 => "BFloat16Storage",
        ElementType.Int64 => "LongStorage",
        ElementType.Int32 => "IntStorage",
        ElementType.Int16 => "ShortStorage",
        ElementType.Int8 => "CharStorage",
        ElementType.UInt8 => "ByteStorage",
        ElementType.Bool => "BoolStorage",
        _ => throw new ArgumentOutOfRangeException(nameof(element), element, "is not an element type"),
    };

    private static IEnumerable<KnownGlobal> MakeAll()
    {
        yield return new("collections.OrderedDict", KnownGlobalKind.OrderedDict);
        yield return new("torch.Size", KnownGlobalKind.Size);
        // how protocol 2 spells a byte string
        yield return new("_codecs.encode", KnownGlobalKind.EncodedBytes);
        yield return new("torch._utils._rebuild_tensor", KnownGlobalKind.Tensor);
        yield return new("torch._utils._rebuild_tensor_v2", KnownGlobalKind.TensorWithHooks);
        yield return new("torch._utils._rebuild_parameter", KnownGlobalKind.Parameter);
        yield return new("torch._utils._rebuild_parameter_with_state", KnownGlobalKind.Parameter);
        foreach (ElementType element in Enum.GetValues<ElementType>())
        {
            yield return new($"torch.{StorageName(element)}", KnownGlobalKind.Storage, element);
            // older versions name the device a tensor was saved from
            yield return new($"torch.cuda.{StorageName(element)}", KnownGlobalKind.Storage, element);
        }
    }
}
