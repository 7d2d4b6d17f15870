using Google.Protobuf.Collections;

namespace Matting.Shared.Onnx;

/// <summary>Turns built nodes into a graph message: only what the outputs need, under unique names.</summary>
internal sealed class OnnxGraphWriter
{
    private readonly GraphProto _graph;
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<OnnxNode, string> _results = [];
    private readonly Dictionary<OnnxValue, string> _constants = [];

    private OnnxGraphWriter(string name) => _graph = new() { Name = name };

    /// <summary>Writes the graph.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="image">Its input.</param>
    /// <param name="nodes">All nodes in the order in which they can run.</param>
    /// <param name="outputs">Its outputs with their names; each is the result of a node of its own.</param>
    public static GraphProto Write(
        string name, OnnxValue image, IReadOnlyList<OnnxNode> nodes, IReadOnlyList<(string Name, OnnxValue Value)> outputs)
    {
        OnnxGraphWriter writer = new(name);
        writer.Declare(writer._graph.Input, image.Hint, image.Shape!.Value);
        foreach ((string output, OnnxValue value) in outputs)
        {
            writer.Declare(writer._graph.Output, output, value.Shape!.Value);
            writer._results.Add(value.Producer!, output);
        }
        HashSet<OnnxNode> live = Live(outputs.Select(output => output.Value.Producer!));
        foreach (OnnxNode node in nodes.Where(live.Contains))
            writer.Append(node);
        return writer._graph;
    }

    private static HashSet<OnnxNode> Live(IEnumerable<OnnxNode> roots)
    {
        HashSet<OnnxNode> live = [];
        Stack<OnnxNode> open = new(roots);
        while (open.TryPop(out OnnxNode? node))
        {
            if (!live.Add(node))
                continue;
            foreach (OnnxValue? input in node.Inputs)
            {
                if (input?.Producer is OnnxNode producer)
                    open.Push(producer);
            }
        }
        return live;
    }

    private void Append(OnnxNode node)
    {
        string name = Unique(node.Hint);
        if (_results.TryAdd(node, name) && node.Shape is MapShape shape)
            _graph.ValueInfo.Add(Described(name, shape));
        NodeProto proto = new() { Name = name, OpType = node.OpType };
        proto.Input.AddRange(node.Inputs.Select(Name));
        proto.Output.Add(_results[node]);
        proto.Attribute.AddRange(node.Attributes);
        _graph.Node.Add(proto);
    }

    private string Name(OnnxValue? input)
    {
        if (input is null)
            return "";
        if (input.Producer is OnnxNode producer)
            return _results[producer];
        if (input.Constant is not Func<TensorProto> content)
            return input.Hint;
        if (!_constants.TryGetValue(input, out string? name))
        {
            _constants[input] = name = Unique(input.Hint);
            TensorProto tensor = content();
            tensor.Name = name;
            _graph.Initializer.Add(tensor);
        }
        return name;
    }

    private void Declare(RepeatedField<ValueInfoProto> where, string name, MapShape shape)
    {
        if (!_taken.Add(name))
            throw new OnnxExportException($"two inputs or outputs are named '{name}'");
        where.Add(Described(name, shape));
    }

    private string Unique(string hint)
    {
        string name = hint;
        for (int number = 2; !_taken.Add(name); number++)
            name = $"{hint}_{number}";
        return name;
    }

    private static ValueInfoProto Described(string name, MapShape shape)
    {
        TensorShapeProto dimensions = new();
        dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = shape.Channels });
        foreach (Dimension size in (ReadOnlySpan<Dimension>)[shape.Height, shape.Width])
        {
            dimensions.Dim.Add(size.Size is long number
                ? new TensorShapeProto.Types.Dimension { DimValue = number }
                : new TensorShapeProto.Types.Dimension { DimParam = size.ToString() });
        }
        TypeProto.Types.Tensor tensor = new() { ElemType = (int)TypeOf(shape.Precision), Shape = dimensions };
        return new() { Name = name, Type = new() { TensorType = tensor } };
    }

    /// <summary>What the format calls it.</summary>
    public static TensorProto.Types.DataType TypeOf(ModelPrecision precision) =>
        precision == ModelPrecision.Float16 ? TensorProto.Types.DataType.Float16 : TensorProto.Types.DataType.Float;
}
