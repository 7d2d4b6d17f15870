namespace Matting.Shared.Onnx;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements as ONNX names it, for instance <c>FLOAT</c>; <c>?</c> when it is no tensor.</param>
/// <param name="Shape">Its dimensions: numbers, symbols such as <c>N</c>, or <c>?</c>; null when nothing is said.</param>
public sealed record OnnxPort(string Name, string Type, IReadOnlyList<string>? Shape);

/// <summary>What is in an ONNX model.</summary>
/// <param name="IrVersion">Version of the file format.</param>
/// <param name="Opsets">Versions of the operator sets by domain; the standard one's domain is <c>ai.onnx</c>.</param>
/// <param name="Producer">Name and version of the program that wrote it.</param>
/// <param name="Inputs">Its inputs, without those that have a constant.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Operators">Number of nodes by operator, most frequent first.</param>
/// <param name="Initialisers">Number of constants.</param>
/// <param name="InitialiserElements">Elements of all constants.</param>
/// <param name="InitialiserBytes">Bytes of all constants.</param>
/// <param name="Metadata">All metadata properties.</param>
/// <param name="Card">The card of this toolchain; null for a model from elsewhere.</param>
public sealed record OnnxSummary(
    long IrVersion,
    IReadOnlyDictionary<string, long> Opsets,
    string Producer,
    IReadOnlyList<OnnxPort> Inputs,
    IReadOnlyList<OnnxPort> Outputs,
    IReadOnlyList<KeyValuePair<string, int>> Operators,
    int Initialisers,
    long InitialiserElements,
    long InitialiserBytes,
    IReadOnlyDictionary<string, string> Metadata,
    ModelCard? Card)
{
    /// <summary>Number of nodes.</summary>
    public int Nodes => Operators.Sum(entry => entry.Value);

    /// <summary>Summarises a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The model's file, for the message.</param>
    /// <exception cref="OnnxFormatException">The metadata of this toolchain is garbled or contradicts the graph.</exception>
    public static OnnxSummary Of(ModelProto model, string file = "the model")
    {
        ArgumentNullException.ThrowIfNull(model);
        GraphProto graph = model.Graph;
        HashSet<string> constants = [.. graph.Initializer.Select(tensor => tensor.Name)];
        OrderedDictionary<string, long> opsets = [];
        foreach (OperatorSetIdProto opset in model.OpsetImport)
            opsets[opset.Domain.Length == 0 ? "ai.onnx" : opset.Domain] = opset.Version;
        return new(
            model.IrVersion,
            opsets,
            $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            [.. graph.Input.Where(value => !constants.Contains(value.Name)).Select(Port)],
            [.. graph.Output.Select(Port)],
            [.. graph.Node.CountBy(node => node.OpType).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)],
            graph.Initializer.Count,
            graph.Initializer.Sum(Elements),
            graph.Initializer.Sum(Bytes),
            OnnxFile.Metadata(model, file),
            OnnxFile.Card(model, file));
    }

    private static OnnxPort Port(ValueInfoProto value)
    {
        TypeProto.Types.Tensor? tensor = value.Type?.TensorType;
        if (tensor is null)
            return new(value.Name, "?", null);
        TensorProto.Types.DataType type = (TensorProto.Types.DataType)tensor.ElemType;
        return new(
            value.Name,
            Enum.IsDefined(type) ? type.ToString().ToUpperInvariant() : $"type {tensor.ElemType}",
            tensor.Shape is null ? null : [.. tensor.Shape.Dim.Select(Dimension)]);
    }

    private static string Dimension(TensorShapeProto.Types.Dimension dimension) => dimension.ValueCase switch
    {
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue => dimension.DimValue.ToString(System.Globalization.CultureInfo.InvariantCulture),
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam => dimension.DimParam,
        _ => "?",
    };

    private static long Elements(TensorProto tensor) => tensor.Dims.Aggregate(1L, (product, dimension) => product * dimension);

    private static long Bytes(TensorProto tensor) => tensor.HasRawData
        ? tensor.RawData.Length
        : Elements(tensor) * (OnnxValidation.ElementSize(tensor.DataType) ?? 0);
}
