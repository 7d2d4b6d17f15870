using System.Runtime.InteropServices;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Shared.Tests.Onnx;

public sealed class OnnxExporterTests
{
    private static readonly INetwork U2NetP = NetworkCatalogue.Create("u2netp");
    private static readonly StateDict Weights = SampleNetwork.TrainedLike(U2NetP, seed: 2);

    [Fact]
    public void The_model_is_of_the_promised_versions_with_one_image_and_one_alpha()
    {
        ModelProto model = OnnxExporter.Build(U2NetP, Weights, new() { Height = 64, Width = 96 });
        Assert.Equal(8, model.IrVersion);
        OperatorSetIdProto opset = Assert.Single(model.OpsetImport);
        Assert.Equal(("", 17L), (opset.Domain, opset.Version));
        OnnxSummary summary = OnnxSummary.Of(model);
        OnnxPort image = Assert.Single(summary.Inputs);
        OnnxPort alpha = Assert.Single(summary.Outputs);
        Assert.Equal(("image", "FLOAT", "N,3,64,96"), (image.Name, image.Type, string.Join(',', image.Shape!)));
        Assert.Equal(("alpha", "FLOAT", "N,1,64,96"), (alpha.Name, alpha.Type, string.Join(',', alpha.Shape!)));
        Assert.Empty(summary.Metadata);
        Assert.Null(summary.Card);
    }

    [Fact]
    public void An_open_size_has_symbols_on_every_level()
    {
        ModelProto model = OnnxExporter.Build(U2NetP, Weights, new());
        OnnxSummary summary = OnnxSummary.Of(model);
        Assert.Equal("N,3,H,W", string.Join(',', summary.Inputs[0].Shape!));
        Assert.Equal("N,1,H,W", string.Join(',', summary.Outputs[0].Shape!));
        TensorShapeProto deep = model.Graph.ValueInfo.Single(value => value.Name == "stage5.rebnconvin.relu").Type.TensorType.Shape;
        Assert.Equal(("ceil(H/16)", "ceil(W/16)"), (deep.Dim[2].DimParam, deep.Dim[3].DimParam));
        Assert.All(model.Graph.ValueInfo, value => Assert.Equal("N", value.Type.TensorType.Shape.Dim[0].DimParam));
    }

    [Fact]
    public void Nothing_is_left_of_normalisations_and_of_outputs_that_were_not_asked_for()
    {
        ModelProto model = OnnxExporter.Build(U2NetP, Weights, new() { Height = 320, Width = 320 });
        Dictionary<string, int> operators = OnnxSummary.Of(model).Operators.ToDictionary();
        // 112 + 6 + 1 convolutions, the six to one channel in two steps
        Assert.Equal(112 + 12 + 1, operators["Conv"]);
        Assert.Equal(112, operators["Relu"]);
        Assert.Equal(1, operators["Sigmoid"]);
        Assert.Equal(["Add", "Concat", "Conv", "MaxPool", "Relu", "Resize", "Sigmoid"], operators.Keys.Order());

        ModelProto all = OnnxExporter.Build(U2NetP, Weights, new() { Height = 320, Width = 320, Outputs = U2NetP.OutputNames });
        Assert.Equal(7, OnnxSummary.Of(all).Operators.ToDictionary()["Sigmoid"]);
        Assert.Equal(U2NetP.OutputNames, all.Graph.Output.Select(output => output.Name));
    }

    [Fact]
    public void Nodes_are_named_after_their_layers()
    {
        ModelProto model = OnnxExporter.Build(U2NetP, Weights, new() { Height = 32, Width = 32 });
        string[] names = [.. model.Graph.Node.Select(node => node.Name)];
        Assert.Equal(["stage1.rebnconvin.conv_s1", "stage1.rebnconvin.relu", "stage1.rebnconv1.conv_s1"], names[..3]);
        Assert.Contains("stage1.rebnconv1.pool", names);
        Assert.Contains("stage1.rebnconv6d.resize", names);
        Assert.Contains("stage1.rebnconv1d.add", names);
        Assert.Equal(["outconv", "outconv.sigmoid"], names[^2..]);
        Assert.Contains(model.Graph.Initializer, tensor => tensor.Name == "stage1.rebnconvin.conv_s1.weight");
    }

    [Fact]
    public void Folded_weights_are_computed_in_double()
    {
        ModelProto model = OnnxExporter.Build(U2NetP, Weights, new() { Height = 32, Width = 32 });
        const string Block = "stage3.rebnconv2";
        double scale = Weights[$"{Block}.bn_s1.weight"].ToFloat32()[5] / Math.Sqrt(Weights[$"{Block}.bn_s1.running_var"].ToFloat32()[5] + 1e-5);
        double shift = Weights[$"{Block}.bn_s1.bias"].ToFloat32()[5] - Weights[$"{Block}.bn_s1.running_mean"].ToFloat32()[5] * scale;
        float[] weight = Weights[$"{Block}.conv_s1.weight"].ToFloat32();
        float bias = Weights[$"{Block}.conv_s1.bias"].ToFloat32()[5];
        int perChannel = weight.Length / 16;

        Assert.Equal((float)(weight[5 * perChannel + 17] * scale), Constant(model, $"{Block}.conv_s1.weight")[5 * perChannel + 17]);
        Assert.Equal((float)(bias * scale + shift), Constant(model, $"{Block}.conv_s1.bias")[5]);
    }

    [Fact]
    public void Sizes_are_read_at_run_time_only_where_constant_scales_would_not_be_exact()
    {
        Assert.DoesNotContain(Build(1024, 512).Graph.Node, node => node.OpType == "Shape");
        ModelProto model = Build(100, 100);
        NodeProto exact = model.Graph.Node.Single(node => node.Name == "stage1.rebnconv2d.resize");
        Assert.Equal(3, exact.Input.Count);
        Assert.Equal([1f, 1f, 2f, 2f], Constant(model, exact.Input[2]));
        // from 13 to 25
        NodeProto odd = model.Graph.Node.Single(node => node.Name == "stage1.rebnconv4d.resize");
        Assert.Equal(["", "", "sizes.16x25x25"], odd.Input.Skip(1));
        Assert.Single(model.Graph.Node, node => node.OpType == "Shape");
    }

    [Fact]
    public void Maps_of_one_symbolic_size_share_the_nodes_that_read_it()
    {
        ModelProto model = Build(null, null);
        Assert.Equal(38, model.Graph.Node.Count(node => node.OpType == "Resize"));
        Assert.Equal(6, model.Graph.Node.Count(node => node.OpType == "Shape"));
    }

    [Fact]
    public void Pools_round_up_only_where_pixels_are_left_over()
    {
        Assert.DoesNotContain(Build(1024, 1024).Graph.Node, node => node.Attribute.Any(attribute => attribute.Name == "ceil_mode"));
        Assert.Contains(Build(1024, 1000).Graph.Node, node => node.Attribute.Any(attribute => attribute is { Name: "ceil_mode", I: 1 }));
        Assert.All(
            Build(null, null).Graph.Node.Where(node => node.OpType == "MaxPool"),
            node => Assert.Contains(node.Attribute, attribute => attribute is { Name: "ceil_mode", I: 1 }));
    }

    [Fact]
    public void What_cannot_fold_becomes_a_normalisation_and_an_output_with_two_names_is_copied()
    {
        SampleNetwork sample = new();
        ModelProto model = OnnxExporter.Build(
            sample, SampleNetwork.TrainedLike(sample, 1), new() { Height = 16, Width = 16, Outputs = ["mask", "again"] });
        Assert.DoesNotContain(model.Graph.Node, node => node.OpType == "Dropout");
        NodeProto kept = Assert.Single(model.Graph.Node, node => node.OpType == "BatchNormalization");
        Assert.Equal("encoder.bn3", kept.Name);
        Assert.Equal(["encoder.bn3.weight", "encoder.bn3.bias", "encoder.bn3.running_mean", "encoder.bn3.running_var"], kept.Input.Skip(1));
        Assert.Equal(["mask"], Assert.Single(model.Graph.Node, node => node.OpType == "Identity").Input);
        // logits and their decoder are gone
        Assert.DoesNotContain(model.Graph.Initializer, tensor => tensor.Name.StartsWith("head", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_export_gives_the_same_bytes() => Assert.Equal(
        OnnxExporter.Serialise(Build(48, 40)), OnnxExporter.Serialise(Build(48, 40)));

    [Fact]
    public void Weights_in_half_precision_are_exported_in_single()
    {
        StateDict half = new();
        foreach ((string name, WeightTensor tensor) in Weights)
        {
            Half[] values = [.. tensor.ToFloat32().Select(value => (Half)value)];
            half.Add(name, tensor.Type == ElementType.Int64
                ? tensor
                : new(ElementType.Float16, [.. tensor.Shape], MemoryMarshal.AsBytes<Half>(values).ToArray()));
        }
        ModelProto model = OnnxExporter.Build(U2NetP, half, new() { Height = 32, Width = 32 });
        Assert.Equal((float)(Half)Weights["outconv.weight"].ToFloat32()[2], Constant(model, "outconv.weight")[2]);
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(null, 64)]
    [InlineData(0, 64)]
    [InlineData(64, -1)]
    public void A_size_that_is_half_open_or_not_positive_is_refused(int? height, int? width) =>
        Assert.ThrowsAny<ArgumentException>(() => Build(height, width));

    [Fact]
    public void An_output_that_does_not_exist_is_refused_and_those_that_do_are_listed()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => OnnxExporter.Build(U2NetP, Weights, new() { Outputs = ["d0", "d7"] }));
        Assert.Contains("no output 'd7'; there are: d0, d1, d2, d3, d4, d5, d6", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OnnxExporter.Build(U2NetP, Weights, new() { Outputs = [] }));
        Assert.Throws<OnnxExportException>(() => OnnxExporter.Build(U2NetP, Weights, new() { Outputs = ["d0", "d0"] }));
    }

    [Fact]
    public void Weights_of_another_network_are_refused() => Assert.Throws<StateMismatchException>(
        () => OnnxExporter.Build(U2NetP, SampleNetwork.TrainedLike(new SampleNetwork(), 1), new()));

    [Theory]
    [InlineData("stage2.rebnconv1.conv_s1.weight", float.NaN, "stage2.rebnconv1.conv_s1")]
    [InlineData("outconv.bias", float.PositiveInfinity, "outconv")]
    [InlineData("stage2.rebnconv1.bn_s1.running_var", -1f, "stage2.rebnconv1.conv_s1")]
    public void Weights_that_are_no_numbers_are_refused_with_the_layers_name(string name, float value, string layer)
    {
        StateDict bad = new();
        foreach ((string key, WeightTensor tensor) in Weights)
        {
            float[] values = tensor.ToFloat32();
            values[^1] = value;
            bad.Add(key, key == name ? WeightTensor.FromFloat32(values, [.. tensor.Shape]) : tensor);
        }
        OnnxExportException error = Assert.Throws<OnnxExportException>(() => OnnxExporter.Build(U2NetP, bad, new() { Height = 32, Width = 32 }));
        Assert.Equal($"layer '{layer}' has weights that are not finite numbers", error.Message);
    }

    private static ModelProto Build(int? height, int? width) => OnnxExporter.Build(U2NetP, Weights, new() { Height = height, Width = width });

    private static float[] Constant(ModelProto model, string name) =>
        MemoryMarshal.Cast<byte, float>(model.Graph.Initializer.Single(tensor => tensor.Name == name).RawData.Span).ToArray();
}
