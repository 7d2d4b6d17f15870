using Google.Protobuf;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Testing;

namespace Matting.Shared.Tests.Onnx;

/// <summary>Layers that cut more off than is there; ONNX Runtime ends its process over some of them.</summary>
public sealed class OnnxShapeScanTests
{
    private const int Side = 8;

    public static TheoryData<string, NodeProto, long> Cuts => new()
    {
        { "a convolution", Node("Conv", ["image", "weights11"]), -2 },
        { "a pool", Node("MaxPool", ["image"], ("kernel_shape", [11, 11])), -2 },
        { "a dilated pool", Node("AveragePool", ["image"], ("kernel_shape", [2, 2]), ("dilations", [20, 20])), -12 },
        { "a pool with steps", Node("MaxPool", ["image"], ("kernel_shape", [15, 15]), ("strides", [3, 3])), -2 },
        { "a transposed convolution", Node("ConvTranspose", ["image", "weights1"], ("pads", [100, 0, 100, 0])), -192 },
        { "a pad below zero", Node("Pad", ["image", "cut"]), -5 },
        { "a tile", Node("Tile", ["image", "negative"]), -32 },
        { "a split", Node("Split", ["image", "parts"], ("axis", [])), -4 },
        { "sizes", Node("Resize", ["image", "", "", "negative"]), -4 },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public void What_cuts_more_off_than_is_there_is_refused(string what, NodeProto node, long size)
    {
        OnnxFormatException refused = Assert.Throws<OnnxFormatException>(() => Check(Model(node)));
        Assert.Equal(OnnxFormatError.LimitExceeded, refused.Reason);
        Assert.True(refused.Message == $"m: node 'last' ({node.OpType}) gives a size of {size}", $"{what}: {refused.Message}");
    }

    [Fact]
    public void Sizes_are_followed_through_layers_in_between()
    {
        NodeProto half = Node("MaxPool", ["image"], ("kernel_shape", [2, 2]), ("strides", [2, 2]));
        half.Output[0] = "half";
        NodeProto relu = Node("Relu", ["half"]);
        relu.Output[0] = "relu";
        NodeProto joined = Node("Add", ["relu", "half"]);
        joined.Output[0] = "joined";
        Check(Model(half, relu, joined, Node("MaxPool", ["joined"], ("kernel_shape", [4, 4]))));
        Assert.Throws<OnnxFormatException>(() => Check(Model(half, relu, joined, Node("MaxPool", ["joined"], ("kernel_shape", [6, 6])))));
    }

    [Fact]
    public void A_size_that_layers_multiply_beyond_all_pictures_is_refused()
    {
        NodeProto[] nodes = [.. Enumerable.Range(0, 3).Select(i =>
        {
            NodeProto tile = Node("Tile", [i == 0 ? "image" : $"v{i - 1}", "many"]);
            tile.Output[0] = $"v{i}";
            return tile;
        })];
        Assert.Contains("gives a size of", Assert.Throws<OnnxFormatException>(() => Check(Model(nodes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_exactly_and_what_is_not_known_passes()
    {
        Check(Model(Node("MaxPool", ["image"], ("kernel_shape", [Side, Side]))));
        Check(Model(Node("MaxPool", ["image"], ("kernel_shape", [11, 11]), ("pads", [2, 2, 1, 1]))));
        Check(Model(Node("Pad", ["image", "fits"])));
        Check(Model(Node("MaxPool", ["elsewhere"], ("kernel_shape", [11, 11]))));
        NodeProto itself = Node("MaxPool", ["image"], ("kernel_shape", [11, 11]));
        itself.Attribute.Add(new AttributeProto { Name = "auto_pad", S = ByteString.CopyFromUtf8("SAME_UPPER") });
        Check(Model(itself));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    [InlineData(64)]
    public void Exported_networks_pass(int? side)
    {
        foreach (INetwork network in (INetwork[])[NetworkCatalogue.Create("u2netp"), new SampleNetwork()])
            Check(OnnxExporter.Build(network, SampleNetwork.TrainedLike(network, 3), new() { Height = side, Width = side, Outputs = [network.OutputNames[1]] }));
    }

    private static void Check(ModelProto model) => OnnxFile.CheckStructure(model.ToByteArray(), "m");

    private static NodeProto Node(string operation, string[] inputs, params (string Name, long[] Values)[] attributes)
    {
        NodeProto node = new() { OpType = operation, Name = "last", Output = { "out" }, Input = { inputs } };
        foreach ((string name, long[] values) in attributes)
            node.Attribute.Add(values.Length == 0 ? new AttributeProto { Name = name, I = 2 } : new AttributeProto { Name = name, Ints = { values } });
        return node;
    }

    private static ModelProto Model(params NodeProto[] nodes)
    {
        GraphProto graph = new() { Node = { nodes } };
        TensorShapeProto shape = new();
        foreach (int side in (int[])[1, 3, Side, Side])
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = side });
        graph.Input.Add(new ValueInfoProto { Name = "image", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } } });
        graph.Initializer.Add(new TensorProto { Name = "weights11", DataType = 1, Dims = { 3, 3, 11, 11 } });
        graph.Initializer.Add(new TensorProto { Name = "weights1", DataType = 1, Dims = { 3, 3, 1, 1 } });
        foreach ((string name, long[] values) in ((string, long[])[])[
            ("cut", [0, 0, -6, 0, 0, 0, -7, 0]), ("fits", [0, 0, -4, 0, 0, 0, -4, 0]), ("negative", [1, 3, -4, -4]), ("parts", [12, -4]), ("many", [1, 1, 65_536, 1])])
            graph.Initializer.Add(new TensorProto { Name = name, DataType = 7, Dims = { values.Length }, Int64Data = { values } });
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
    }
}
