using Matting.Shared.Onnx;

namespace Matting.CommandLine.Inspection;

/// <summary>
/// What is in a file of weights or a model. Written as JSON (camel case, absent parts null) this
/// record and those it holds are the schema of <c>inspect --json</c>; <see cref="Schema"/> changes when a
/// member is renamed, removed or changes its meaning, not when one is added.
/// </summary>
public sealed record InspectionReport
{
    /// <summary>Name and version of this schema.</summary>
    public string Schema { get; } = "matting.inspect/1";

    /// <summary>The path as it was given.</summary>
    public required string File { get; init; }

    /// <summary><c>pth</c>, <c>safetensors</c> or <c>onnx</c>, by content.</summary>
    public required string Format { get; init; }

    /// <summary>Size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>For <c>pth</c> and <c>safetensors</c>.</summary>
    public WeightsReport? Weights { get; init; }

    /// <summary>For <c>onnx</c>.</summary>
    public OnnxReport? Onnx { get; init; }
}

/// <summary>What is in a file of weights.</summary>
public sealed record WeightsReport
{
    /// <summary>The network that the tensors fit strictly, by its catalogue name; null when none does.</summary>
    public string? Network { get; init; }

    /// <summary>Key that the tensors lie under (<c>model_state</c>, <c>state_dict</c>); null when they lie at the top.</summary>
    public string? Container { get; init; }

    /// <summary>Number of trainable parameters; null when the network is not known.</summary>
    public long? Parameters { get; init; }

    /// <summary>Elements of all <see cref="Tensors"/>.</summary>
    public required long Elements { get; init; }

    /// <summary>Bytes of all <see cref="Tensors"/>.</summary>
    public required long Bytes { get; init; }

    /// <summary>The state dictionary in its order; empty when the file has none.</summary>
    public required IReadOnlyList<TensorEntry> Tensors { get; init; }

    /// <summary>What else a <c>.pth</c> holds, in its order; empty for safetensors.</summary>
    public required IReadOnlyList<OtherEntry> Other { get; init; }

    /// <summary>Metadata of a safetensors file; empty for <c>.pth</c>.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>A tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements as PyTorch names it, for instance <c>float32</c>.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
/// <param name="Elements">Number of its elements.</param>
public sealed record TensorEntry(string Name, string Type, IReadOnlyList<long> Shape, long Elements);

/// <summary>A value of a <c>.pth</c> beside the state dictionary.</summary>
/// <param name="Key">Its key in the file's dictionary; <c>(file)</c> when the file holds no dictionary.</param>
/// <param name="Type">What Python calls its type.</param>
/// <param name="Value">The value of a number, text, bool; null for None and for everything that contains others.</param>
/// <param name="Entries">Number of entries of a dictionary, list or tuple; null otherwise.</param>
/// <param name="Tensors">Number of tensors in it, at any depth.</param>
/// <param name="TensorBytes">Bytes of those tensors.</param>
public sealed record OtherEntry(string Key, string Type, object? Value, int? Entries, int Tensors, long TensorBytes);

/// <summary>What is in an ONNX model.</summary>
public sealed record OnnxReport
{
    /// <summary>Version of the file format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>Versions of the operator sets by domain.</summary>
    public required IReadOnlyDictionary<string, long> Opsets { get; init; }

    /// <summary>Name and version of the program that wrote the file.</summary>
    public required string Producer { get; init; }

    /// <summary>Inputs; a dimension is a number, a symbol or <c>?</c>.</summary>
    public required IReadOnlyList<OnnxPort> Inputs { get; init; }

    /// <summary>Outputs.</summary>
    public required IReadOnlyList<OnnxPort> Outputs { get; init; }

    /// <summary>Number of nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>Number of nodes by operator, most frequent first.</summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>Number of constant tensors.</summary>
    public required int Initialisers { get; init; }

    /// <summary>Elements of all constants.</summary>
    public required long InitialiserElements { get; init; }

    /// <summary>Bytes of all constants.</summary>
    public required long InitialiserBytes { get; init; }

    /// <summary>All metadata properties; those of this toolchain begin with <c>matting.</c>.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>True when the metadata is this toolchain's and agrees with the graph.</summary>
    public required bool OwnModel { get; init; }

    /// <summary>What the model says of itself; null for a model of another program, which has no card.</summary>
    public CardReport? Card { get; init; }
}
