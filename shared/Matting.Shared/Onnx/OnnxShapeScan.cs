using System.Runtime.InteropServices;
using System.Text;

namespace Matting.Shared.Onnx;

/// <summary>
/// Follows the sizes through a graph as far as they are known from its inputs and constants, and refuses a model whose layers cut more off
/// than is there. ONNX Runtime 1.30 ends its process over such a one: its own calculation hands the negative size on to the next Slice.
/// Only the main graph is followed; for files that <see cref="OnnxWireScan"/> and <see cref="OnnxNumberScan"/> found sound.
/// </summary>
internal sealed class OnnxShapeScan
{
    // constants with more bytes than this are weights: their shape is of interest, not their content
    private const int LongestList = 64 * sizeof(long);

    private readonly string _file;
    private readonly Dictionary<string, long?[]> _shapes = [];
    private readonly Dictionary<string, long[]> _constants = [];

    private OnnxShapeScan(string file) => _file = file;

    /// <exception cref="OnnxFormatException">A size in the graph is negative, or beyond all pictures.</exception>
    public static void Check(ReadOnlySpan<byte> content, string file)
    {
        OnnxShapeScan scan = new(file);
        WireReader model = new(content, file);
        while (model.Next())
        {
            if (model is { Field: ModelProto.GraphFieldNumber, WireType: WireReader.Bytes })
                scan.Graph(model.Part);
        }
    }

    private void Graph(ReadOnlySpan<byte> content)
    {
        // nodes come after what they use, but constants and inputs may be written behind them
        WireReader values = new(content, _file);
        while (values.Next())
        {
            if (values.WireType != WireReader.Bytes)
                continue;
            if (values.Field == GraphProto.InitializerFieldNumber)
                Initialiser(values.Part);
            else if (values.Field == GraphProto.InputFieldNumber)
                Input(values.Part);
        }
        WireReader nodes = new(content, _file);
        while (nodes.Next())
        {
            if (nodes is { Field: GraphProto.NodeFieldNumber, WireType: WireReader.Bytes })
                Node(nodes.Part);
        }
    }

    private void Input(ReadOnlySpan<byte> content)
    {
        ValueInfoProto input = OnnxFile.ParsePart(ValueInfoProto.Parser, content, _file);
        if (input.Type?.TensorType?.Shape is { } shape)
            _shapes[input.Name] = [.. shape.Dim.Select(dimension => dimension is { HasDimValue: true, DimValue: >= 0 } ? dimension.DimValue : (long?)null)];
    }

    // without a parser, which would copy the weights
    private void Initialiser(ReadOnlySpan<byte> content)
    {
        string name = "";
        List<long> shape = [], numbers = [];
        WireReader reader = new(content, _file);
        while (reader.Next())
        {
            if (reader.Field == TensorProto.DimsFieldNumber)
                reader.AddNumbersTo(shape);
            else if (reader.Field == TensorProto.Int64DataFieldNumber && reader.Part.Length <= LongestList)
                reader.AddNumbersTo(numbers);
            else if (reader.Field == TensorProto.RawDataFieldNumber && reader.Part.Length <= LongestList)
                numbers.AddRange(MemoryMarshal.Cast<byte, long>(reader.Part));
            else if (reader.Field == TensorProto.NameFieldNumber)
                name = Encoding.UTF8.GetString(reader.Part);
        }
        AddConstant(name, shape, numbers);
    }

    private void Constant(string name, TensorProto tensor)
    {
        bool isList = tensor.HasRawData && tensor.RawData.Length <= LongestList;
        AddConstant(name, tensor.Dims, isList ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray() : tensor.Int64Data);
    }

    private void AddConstant(string name, IEnumerable<long> shape, IEnumerable<long> numbers)
    {
        _shapes[name] = [.. shape.Select(side => (long?)side)];
        _constants[name] = [.. numbers];
    }

    private void Node(ReadOnlySpan<byte> content)
    {
        NodeProto node = OnnxFile.ParsePart(NodeProto.Parser, content, _file);
        if (node.Output.Count == 0 || node.Domain is not ("" or "ai.onnx"))
            return;
        if (node.OpType == "Constant" && node.Attribute.FirstOrDefault(attribute => attribute.T is not null)?.T is { } tensor)
        {
            Constant(node.Output[0], tensor);
            return;
        }
        long?[]? shape = OnnxShapeRules.Output(new OnnxShapeNode(node, _shapes, _constants));
        _shapes.Remove(node.Output[0]);
        if (shape is null)
            return;
        foreach (long? side in shape)
        {
            if (side is < 0 or > int.MaxValue)
                throw new OnnxFormatException(_file, OnnxFormatError.LimitExceeded, $"node '{node.Name}' ({node.OpType}) gives a size of {side}");
        }
        _shapes[node.Output[0]] = shape;
    }
}
