using Google.Protobuf;
using Matting.Shared.Imaging;
using Matting.Shared.Onnx;
using Matting.Testing;

namespace Matting.Fuzz.Corpus;

/// <summary>Models to damage: what the exporter writes of a network with every operation, and small ones as others write them.</summary>
internal static class OnnxSeeds
{
    /// <summary>Side of the pictures that the models of a fixed size take.</summary>
    public const int Side = 8;

    public static ModelProto[] All() =>
    [
        Exported(Side), Exported(null), OneConvolution(true), OneConvolution(false), Open(),
        Chain(("Flatten", [], ["axis"], [1]), ("Reshape", ["shape4"], [], []), ("ReduceMean", [], ["axes", "keepdims"], [1, 1])),
        Chain(("Pad", ["pads8"], [], []), ("Slice", ["starts", "ends", "axes"], [], []), ("ReduceMax", [], ["axes", "keepdims"], [1, 1])),
        Chain(("Resize", ["", "", "sizes4"], [], []), ("AveragePool", [], ["kernel_shape"], [1, 1]), ("ReduceMean", [], ["axes", "keepdims"], [1, 1])),
        Chain(("Tile", ["ones4"], [], []), ("Expand", ["ones4"], [], []), ("Transpose", [], ["perm"], [0, 1, 2, 3]), ("ReduceMin", [], ["axes", "keepdims"], [1, 1])),
        Chain(("Shape", [], [], []), ("ConstantOfShape", [], [], []), ("ReduceMean", [], ["axes", "keepdims"], [1, 1])),
        Chain(("ConvTranspose", ["weights"], ["strides"], [1, 1])),
        Looped(),
    ];

    public static byte[] Bytes(ModelProto model) => model.ToByteArray();

    /// <summary>A small model of this toolchain for pictures of any size.</summary>
    public static ModelProto Open()
    {
        ModelProto model = OneConvolution(open: true);
        OnnxFile.SetCard(model, new ModelCard { Network = "small", Task = "matting", Profile = NormalisationProfile.Half });
        return model;
    }

    private static ModelProto Exported(int? side)
    {
        SampleNetwork network = new();
        return OnnxExporter.Build(network, SampleNetwork.TrainedLike(network, 1), new() { Height = side, Width = side, Outputs = ["mask"] });
    }

    private static ModelProto OneConvolution(bool open)
    {
        ModelProto model = Frame(open);
        model.Graph.Node.Add(Node("Conv", ["image", "weights"], "logits", Numbers("pads", 0, 0, 0, 0), Number("group", 1), Numbers("dilations", 1, 1), Numbers("strides", 1, 1), Numbers("kernel_shape", 1, 1)));
        model.Graph.Node.Add(Node("Sigmoid", ["logits"], "alpha"));
        return model;
    }

    // picture -> the operations one after the other -> alpha
    private static ModelProto Chain(params (string Operation, string[] Constants, string[] Attributes, long[] Values)[] steps)
    {
        ModelProto model = Frame(open: false);
        string value = "image";
        for (int i = 0; i < steps.Length; i++)
        {
            (string operation, string[] constants, string[] attributes, long[] values) = steps[i];
            string next = i == steps.Length - 1 ? "alpha" : $"v{i}";
            model.Graph.Node.Add(Node(operation, [value, .. constants], next, Attributes(attributes, values)));
            value = next;
        }
        return model;
    }

    // lists take all the values, single numbers one of their own
    private static AttributeProto[] Attributes(string[] names, long[] values) => names.Length switch
    {
        0 => [],
        1 when names[0] == "axis" => [Number(names[0], values[0])],
        1 => [Numbers(names[0], values)],
        _ => [Numbers(names[0], values[0]), Number(names[1], values[1])],
    };

    // alpha = the mean of the channels, doubled as often as a constant says
    private static ModelProto Looped()
    {
        ModelProto model = Frame(open: false);
        GraphProto body = new() { Name = "body" };
        body.Node.Add(Node("Identity", ["going"], "on"));
        body.Node.Add(Node("Add", ["carried", "carried"], "doubled"));
        body.Input.Add(Value("step", TensorProto.Types.DataType.Int64));
        body.Input.Add(Value("going", TensorProto.Types.DataType.Bool));
        body.Input.Add(Value("carried", TensorProto.Types.DataType.Float, 1, 1, Side, Side));
        body.Output.Add(Value("on", TensorProto.Types.DataType.Bool));
        body.Output.Add(Value("doubled", TensorProto.Types.DataType.Float, 1, 1, Side, Side));
        model.Graph.Node.Add(Node("Conv", ["image", "weights"], "mean"));
        model.Graph.Node.Add(Node("Loop", ["three", "", "mean"], "alpha", new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph, G = body }));
        return model;
    }

    // one picture in, one alpha out, and the constants that the operations above name
    private static ModelProto Frame(bool open)
    {
        GraphProto graph = new() { Name = "graph" };
        graph.Input.Add(Value("image", TensorProto.Types.DataType.Float, 1, 3, open ? null : Side, open ? null : Side));
        graph.Output.Add(Value("alpha", TensorProto.Types.DataType.Float, 1, 1, open ? null : Side, open ? null : Side));
        graph.Initializer.Add(new TensorProto { Name = "weights", DataType = (int)TensorProto.Types.DataType.Float, Dims = { 1, 3, 1, 1 }, FloatData = { 0.5f, -0.25f, 0.125f } });
        AddConstant(graph, "three", 3);
        AddConstant(graph, "shape4", 1, 3, Side, Side);
        AddConstant(graph, "sizes4", 1, 3, Side, Side);
        AddConstant(graph, "ones4", 1, 1, 1, 1);
        AddConstant(graph, "pads8", 0, 0, 1, 1, 0, 0, 1, 1);
        AddConstant(graph, "starts", 1, 1);
        AddConstant(graph, "ends", Side + 1, Side + 1);
        AddConstant(graph, "axes", 2, 3);
        return new ModelProto { IrVersion = 8, ProducerName = "fuzz", Graph = graph, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } } };
    }

    private static void AddConstant(GraphProto graph, string name, params long[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { values } };
        if (name != "three")
            tensor.Dims.Add(values.Length);
        graph.Initializer.Add(tensor);
    }

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, params long?[] shape)
    {
        TensorShapeProto dimensions = new();
        foreach (long? side in shape)
            dimensions.Dim.Add(side is { } known ? new TensorShapeProto.Types.Dimension { DimValue = known } : new TensorShapeProto.Types.Dimension { DimParam = "S" });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } } };
    }

    private static NodeProto Node(string operation, string[] inputs, string output, params AttributeProto[] attributes)
    {
        NodeProto node = new() { OpType = operation, Name = operation, Output = { output } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes);
        return node;
    }

    private static AttributeProto Number(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    private static AttributeProto Numbers(string name, params long[] values) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };
}
