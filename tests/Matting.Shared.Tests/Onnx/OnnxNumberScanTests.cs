using Google.Protobuf;
using Matting.Shared.Onnx;

namespace Matting.Shared.Tests.Onnx;

/// <summary>Numbers from which an engine would compute sizes beyond all memory, or negative ones.</summary>
public sealed class OnnxNumberScanTests
{
    private const long Beyond = 1L << 31;

    [Fact]
    public void A_model_with_numbers_of_real_models_passes()
    {
        ModelProto model = Model();
        Add(model, "Reshape", "shape", 1, -1, 0, int.MaxValue);
        // Slice says "to the end" by the largest number there is
        Add(model, "Slice", "ends", long.MaxValue);
        model.Graph.Node.Add(Layer("Slice", "ends", long.MaxValue));
        model.Graph.Node.Add(Layer("Conv", "pads", 4096, 0));
        model.Graph.Input.Add(Sized(int.MaxValue));
        model.Graph.Input.Add(Sized(-1));
        Check(model);
    }

    [Theory]
    [InlineData(Beyond)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_dimension_beyond_all_pictures_is_refused(long side)
    {
        ModelProto model = Model();
        model.Graph.Input.Add(Sized(side));
        Assert.Equal($"m: a dimension is {side}, which no picture needs", Refused(model));
    }

    [Fact]
    public void So_is_one_inside_a_subgraph()
    {
        GraphProto inner = new();
        inner.Output.Add(Sized(Beyond));
        ModelProto model = Model();
        model.Graph.Node.Add(new NodeProto { OpType = "If", Attribute = { new AttributeProto { Name = "then_branch", G = inner } } });
        Assert.Contains("a dimension is", Refused(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pads", 4097)]
    [InlineData("pads", -4097)]
    [InlineData("strides", Beyond)]
    [InlineData("axis", Beyond)]
    public void An_attribute_beyond_all_pictures_is_refused(string name, long value)
    {
        ModelProto model = Model();
        model.Graph.Node.Add(Layer("Conv", name, 1, value));
        Assert.Equal($"m: attribute '{name}' is {value}, which no picture needs", Refused(model));
    }

    [Theory]
    [InlineData("Pad", 65_537)]
    [InlineData("Tile", 16_777_217)]
    [InlineData("Expand", 16_777_217)]
    [InlineData("Reshape", Beyond)]
    public void A_constant_that_sizes_are_computed_from_is_refused_when_it_is_beyond_all_pictures(string operation, long size)
    {
        foreach (bool raw in (bool[])[false, true])
        {
            ModelProto model = Model();
            Add(model, operation, "sizes", raw, 1, size);
            Assert.Equal($"m: constant 'sizes' is {size}, which no picture needs", Refused(model));
        }
    }

    [Fact]
    public void So_is_the_output_of_a_constant_node()
    {
        ModelProto model = Model();
        TensorProto value = new() { DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 1 }, Int64Data = { Beyond } };
        model.Graph.Node.Add(new NodeProto { OpType = "Constant", Output = { "sizes" }, Attribute = { new AttributeProto { Name = "value", T = value } } });
        model.Graph.Node.Add(new NodeProto { OpType = "ConstantOfShape", Input = { "sizes" } });
        Assert.Contains("constant 'sizes'", Refused(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    [InlineData(long.MaxValue, false)]
    public void A_loop_has_a_bounded_number_of_rounds(long rounds, bool allowed)
    {
        ModelProto model = Model();
        model.Graph.Initializer.Add(new TensorProto { Name = "rounds", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { rounds } });
        model.Graph.Node.Add(new NodeProto { OpType = "Loop", Input = { "rounds", "", "image" } });
        if (allowed)
            Check(model);
        else
            Assert.Contains("constant 'rounds'", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void The_dimensions_of_a_constant_itself_count_too()
    {
        ModelProto model = Model();
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = 1, Dims = { 1, Beyond } });
        Assert.Contains("a dimension of a constant is", Refused(model), StringComparison.Ordinal);
    }

    private static ModelProto Model() => new() { IrVersion = 8, Graph = new GraphProto(), OpsetImport = { new OperatorSetIdProto { Version = 17 } } };

    private static void Add(ModelProto model, string operation, string name, params long[] values) => Add(model, operation, name, false, values);

    private static void Add(ModelProto model, string operation, string name, bool raw, params long[] values)
    {
        TensorProto constant = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Dims = { values.Length } };
        if (raw)
            constant.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(values));
        else
            constant.Int64Data.AddRange(values);
        model.Graph.Initializer.Add(constant);
        model.Graph.Node.Add(new NodeProto { OpType = operation, Input = { "image", name } });
    }

    private static NodeProto Layer(string operation, string attribute, params long[] values) =>
        new() { OpType = operation, Attribute = { new AttributeProto { Name = attribute, Ints = { values } } } };

    private static ValueInfoProto Sized(long side) => new()
    {
        Name = "image",
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimValue = side } } } } },
    };

    private static void Check(ModelProto model) => OnnxFile.CheckStructure(model.ToByteArray(), "m");

    private static string Refused(ModelProto model)
    {
        OnnxFormatException refused = Assert.Throws<OnnxFormatException>(() => Check(model));
        Assert.Equal(OnnxFormatError.LimitExceeded, refused.Reason);
        return refused.Message;
    }
}
