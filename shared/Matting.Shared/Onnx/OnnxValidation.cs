namespace Matting.Shared.Onnx;

/// <summary>What a parsed model must be before anybody believes it.</summary>
internal static class OnnxValidation
{
    public static void Check(ModelProto model, string file)
    {
        if (!model.HasIrVersion || model.IrVersion < 1 || model.Graph is null || model.OpsetImport.Count == 0)
            throw new OnnxFormatException(file, OnnxFormatError.NotOnnx, "is no ONNX model: it has no version, no graph or no operator set");
        if (model.Graph.Input.Concat(model.Graph.Output).Any(value => value.Name.Length == 0))
            throw new OnnxFormatException(file, OnnxFormatError.NotOnnx, "has an input or output without a name");
        foreach (TensorProto tensor in TensorsOf(model))
            Check(tensor, file);
    }

    /// <summary>Bytes of one element; null for types whose elements have no fixed size or that are not known.</summary>
    public static int? ElementSize(int dataType) => (TensorProto.Types.DataType)dataType switch
    {
        TensorProto.Types.DataType.Bool or TensorProto.Types.DataType.Int8 or TensorProto.Types.DataType.Uint8 => 1,
        TensorProto.Types.DataType.Int16 or TensorProto.Types.DataType.Uint16
            or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16 => 2,
        TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Int32 or TensorProto.Types.DataType.Uint32 => 4,
        TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Int64
            or TensorProto.Types.DataType.Uint64 or TensorProto.Types.DataType.Complex64 => 8,
        TensorProto.Types.DataType.Complex128 => 16,
        _ => null,
    };

    private static void Check(TensorProto tensor, string file)
    {
        long count = 1;
        foreach (long dimension in tensor.Dims)
        {
            // a file ends at 2 GiB, so does what it can hold
            count = dimension is < 0 or > int.MaxValue ? -1 : count * dimension;
            if (count is < 0 or > int.MaxValue)
                throw new OnnxFormatException(file, OnnxFormatError.BadTensor, $"tensor '{tensor.Name}' has the shape [{string.Join(", ", tensor.Dims)}]");
        }
        if (ElementSize(tensor.DataType) is not int size)
            return;
        long stored = tensor.HasRawData ? tensor.RawData.Length : Listed(tensor) * size;
        if (stored != count * size)
            throw new OnnxFormatException(file, OnnxFormatError.BadTensor, $"tensor '{tensor.Name}' has {stored} bytes, its shape needs {count * size}");
    }

    private static long Listed(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType switch
    {
        TensorProto.Types.DataType.Float => tensor.FloatData.Count,
        TensorProto.Types.DataType.Complex64 => tensor.FloatData.Count / 2,
        TensorProto.Types.DataType.Double => tensor.DoubleData.Count,
        TensorProto.Types.DataType.Complex128 => tensor.DoubleData.Count / 2,
        TensorProto.Types.DataType.Int64 => tensor.Int64Data.Count,
        TensorProto.Types.DataType.Uint32 or TensorProto.Types.DataType.Uint64 => tensor.Uint64Data.Count,
        _ => tensor.Int32Data.Count,
    };

    // wherever a tensor can hide: subgraphs, functions, training graphs, sparse values
    private static IEnumerable<TensorProto> TensorsOf(ModelProto model)
    {
        IEnumerable<GraphProto?> graphs = model.TrainingInfo.SelectMany(training => new[] { training.Initialization, training.Algorithm });
        return graphs.Prepend(model.Graph).SelectMany(TensorsOf)
            .Concat(model.Functions.SelectMany(function => function.Node.SelectMany(node => node.Attribute).Concat(function.AttributeProto)).SelectMany(TensorsOf));
    }

    private static IEnumerable<TensorProto> TensorsOf(GraphProto? graph) => graph is null
        ? []
        : graph.Initializer
            .Concat(graph.SparseInitializer.SelectMany(TensorsOf))
            .Concat(graph.Node.SelectMany(node => node.Attribute).SelectMany(TensorsOf));

    private static IEnumerable<TensorProto> TensorsOf(AttributeProto attribute)
    {
        IEnumerable<TensorProto> direct = attribute.T is null ? attribute.Tensors : attribute.Tensors.Append(attribute.T);
        IEnumerable<GraphProto> graphs = attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G);
        IEnumerable<SparseTensorProto> sparse = attribute.SparseTensor is null ? attribute.SparseTensors : attribute.SparseTensors.Append(attribute.SparseTensor);
        return direct.Concat(graphs.SelectMany(TensorsOf)).Concat(sparse.SelectMany(TensorsOf));
    }

    private static IEnumerable<TensorProto> TensorsOf(SparseTensorProto sparse) =>
        new[] { sparse.Values, sparse.Indices }.Where(tensor => tensor is not null);
}
