using System.Runtime.InteropServices;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Numerics;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Shared.Tests.Onnx;

public sealed class HalfPrecisionExportTests
{
    private const int Float = (int)TensorProto.Types.DataType.Float, Float16 = (int)TensorProto.Types.DataType.Float16;

    private static readonly INetwork U2NetP = NetworkCatalogue.Create("u2netp");
    private static readonly StateDict Weights = SampleNetwork.TrainedLike(U2NetP, seed: 2);

    [Theory]
    [InlineData(64, 96)]
    [InlineData(75, 107)]
    [InlineData(null, null)]
    public void Both_ends_are_float32_and_all_between_them_is_float16(int? height, int? width)
    {
        GraphProto graph = Build(U2NetP, Weights, height, width).Graph;
        Assert.Equal(Float, Assert.Single(graph.Input).Type.TensorType.ElemType);
        Assert.Equal(Float, Assert.Single(graph.Output).Type.TensorType.ElemType);
        // an alpha is not rounded: its sigmoid comes after the cast
        NodeProto[] casts = [.. graph.Node.Where(node => node.OpType == "Cast")];
        Assert.Equal(["image", "outconv"], casts.Select(cast => cast.Input[0]));
        Assert.Equal([Float16, Float], casts.Select(cast => cast.Attribute.Single().I));
        Assert.Equal("Sigmoid", graph.Node[^1].OpType);
        Assert.Equal(casts[1].Output, graph.Node[^1].Input);
        string[] wide = [.. graph.ValueInfo.Where(value => value.Type.TensorType.ElemType != Float16).Select(value => value.Name)];
        Assert.Equal(casts[1].Output, wide);
        string[] constants = [.. graph.Initializer.Where(tensor => tensor.DataType == Float).Select(tensor => tensor.Name)];
        Assert.All(constants, name => Assert.StartsWith("scales.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_has_half_the_size_and_the_same_export_gives_the_same_bytes()
    {
        byte[] half = OnnxExporter.Serialise(Build(U2NetP, Weights, 64, 64));
        byte[] full = OnnxExporter.Serialise(OnnxExporter.Build(U2NetP, Weights, new() { Height = 64, Width = 64 }));
        // the rest is the graph, the same in both
        Assert.InRange((double)half.Length / full.Length, 0.5, 0.53);
        Assert.Equal(half, OnnxExporter.Serialise(Build(U2NetP, Weights, 64, 64)));
        Assert.Equal(full, OnnxExporter.Serialise(OnnxExporter.Build(U2NetP, Weights, new() { Height = 64, Width = 64, Precision = ModelPrecision.Float32 })));
    }

    [Fact]
    public void Weights_are_rounded_to_the_nearest_after_normalisations_were_folded_into_them()
    {
        GraphProto half = Build(U2NetP, Weights, 32, 32).Graph;
        GraphProto full = OnnxExporter.Build(U2NetP, Weights, new() { Height = 32, Width = 32 }).Graph;
        foreach (TensorProto tensor in half.Initializer.Where(tensor => tensor.DataType == Float16))
        {
            TensorProto exact = full.Initializer.Single(other => other.Name == tensor.Name);
            Assert.Equal(exact.Dims, tensor.Dims);
            ushort[] expected = [.. MemoryMarshal.Cast<byte, float>(exact.RawData.Span).ToArray().Select(Rounded)];
            Assert.Equal(expected, MemoryMarshal.Cast<byte, ushort>(tensor.RawData.Span).ToArray());
        }
    }

    [Fact]
    public void Ties_subnormals_and_the_ends_of_the_range_round_as_the_standard_says()
    {
        float smallest = MathF.ScaleB(1, -24);
        float[] values =
        [
            0f, -0f, 1f, 65504f, 65519.996f, -65519.996f, 2049f, 2051f, -2049f, 1 + MathF.ScaleB(1, -11), 1 + 3 * MathF.ScaleB(1, -11),
            MathF.BitIncrement(1 + MathF.ScaleB(1, -11)), smallest, smallest / 2, MathF.BitIncrement(smallest / 2), 1.5f * smallest, 2.5f * smallest,
            MathF.ScaleB(1, -14), MathF.BitDecrement(MathF.ScaleB(1, -14)), 1e-10f, float.Epsilon, 1f / 3, -0.1f,
        ];
        Assert.Equal(values.Select(Rounded), HalvesOf(values));
        SeededRandom random = new(3);
        float[] many = [.. Enumerable.Range(0, 20_000).Select(i => (float)(random.Normal() * Math.Pow(2, i % 43 - 31)))];
        Assert.Equal(many.Select(Rounded), HalvesOf(many));
    }

    [Theory]
    [InlineData(65520f)]
    [InlineData(-65520f)]
    [InlineData(1e30f)]
    public void A_weight_beyond_the_range_is_refused_with_the_tensors_name(float value)
    {
        OnnxExportException error = Assert.Throws<OnnxExportException>(() => HalvesOf([1, value, 2]));
        Assert.StartsWith("tensor 'conv.weight' has the value ", error.Message, StringComparison.Ordinal);
        Assert.Contains("fp16 ends at 65504", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_bias_that_only_folding_makes_too_large_is_refused_with_its_name()
    {
        StateDict bad = Changed("stage2.rebnconv1.bn_s1.bias", values => values[^1] = 7e4f);
        OnnxExportException error = Assert.Throws<OnnxExportException>(() => Build(U2NetP, bad, 32, 32));
        Assert.StartsWith("tensor 'stage2.rebnconv1.conv_s1.bias' has the value ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_would_vanish_is_refused_and_single_weights_may()
    {
        OnnxExportException error = Assert.Throws<OnnxExportException>(() => HalvesOf([1e-9f, -2e-9f, 0]));
        Assert.Equal("tensor 'conv.weight' has no value above 2E-09, and all of them are 0 in fp16: these weights can only be exported in fp32", error.Message);
        Assert.Equal([0, Rounded(1)], HalvesOf([1e-9f, 1f]));
        Assert.Equal([0, 0], HalvesOf([0f, 0f]));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused_as_in_float32()
    {
        StateDict bad = Changed("outconv.bias", values => values[0] = float.NaN);
        Assert.Equal("layer 'outconv' has weights that are not finite numbers", Assert.Throws<OnnxExportException>(() => Build(U2NetP, bad, 32, 32)).Message);
    }

    [Fact]
    public void A_normalisation_that_cannot_fold_becomes_a_product_and_a_sum()
    {
        SampleNetwork sample = new();
        StateDict weights = SampleNetwork.TrainedLike(sample, 1);
        GraphProto graph = OnnxExporter.Build(
            sample, weights, new() { Height = 16, Width = 16, Precision = ModelPrecision.Float16, Outputs = sample.OutputNames }).Graph;
        Assert.DoesNotContain(graph.Node, node => node.OpType == "BatchNormalization");
        float[] gamma = weights["encoder.bn3.weight"].ToFloat32(), variance = weights["encoder.bn3.running_var"].ToFloat32();
        TensorProto scale = graph.Initializer.Single(tensor => tensor.Name == "encoder.bn3.scale");
        Assert.Equal([8, 1, 1], scale.Dims);
        Assert.Equal(Rounded((float)(gamma[3] / Math.Sqrt(variance[3] + 1e-5))), MemoryMarshal.Cast<byte, ushort>(scale.RawData.Span)[3]);
        // the gate's sigmoid stays as it is, that of the mask follows a cast, for each of the two names of the mask
        Assert.Equal(3, graph.Node.Count(node => node.OpType == "Sigmoid"));
        Assert.All(graph.Output, output => Assert.Equal(Float, output.Type.TensorType.ElemType));
        Assert.Equal(sample.OutputNames, graph.Output.Select(output => output.Name));
    }

    [Fact]
    public void The_card_says_it_and_one_that_contradicts_the_weights_is_refused()
    {
        ModelCard card = new() { Network = "", Task = "", Profile = NormalisationProfile.Half };
        ModelProto half = OnnxExporter.Build(U2NetP, Weights, new() { Height = 32, Width = 32, Precision = ModelPrecision.Float16, Card = card });
        Assert.Equal(ModelPrecision.Float16, OnnxFile.Card(half)!.Precision);
        OnnxFile.SetCard(half, OnnxFile.Card(half)! with { Precision = ModelPrecision.Float32 });
        Refused(half);

        ModelProto full = OnnxExporter.Build(U2NetP, Weights, new() { Height = 32, Width = 32, Card = card });
        Assert.DoesNotContain(full.MetadataProps, entry => entry.Key == "matting.precision");
        Assert.Equal(ModelPrecision.Float32, OnnxFile.Card(full)!.Precision);
        OnnxFile.SetCard(full, OnnxFile.Card(full)! with { Precision = ModelPrecision.Float16 });
        Refused(full);

        static void Refused(ModelProto model) => Assert.Equal(
            "m.onnx: the precision in its metadata is not that of its weights", Assert.Throws<OnnxFormatException>(() => OnnxFile.Card(model, "m.onnx")).Message);
    }

    private static ModelProto Build(INetwork network, StateDict weights, int? height, int? width) =>
        OnnxExporter.Build(network, weights, new() { Height = height, Width = width, Precision = ModelPrecision.Float16 });

    private static StateDict Changed(string name, Action<float[]> change)
    {
        StateDict changed = new();
        foreach ((string key, WeightTensor tensor) in Weights)
        {
            float[] values = tensor.ToFloat32();
            if (key == name)
                change(values);
            changed.Add(key, key == name ? WeightTensor.FromFloat32(values, [.. tensor.Shape]) : tensor);
        }
        return changed;
    }

    /// <summary>Bits of the weights of a layer that has these.</summary>
    private static ushort[] HalvesOf(float[] values)
    {
        StateDict weights = new() { { "conv.weight", WeightTensor.FromFloat32(values, 1, values.Length, 1, 1) } };
        TensorProto tensor = Assert.Single(Build(new OneLayer(values.Length), weights, 8, 8).Graph.Initializer);
        return MemoryMarshal.Cast<byte, ushort>(tensor.RawData.Span).ToArray();
    }

    /// <summary>
    /// The bits of the nearest number in half precision, of two the even one, from the definition: a sign, a power of two from -14 on, and a
    /// whole number of 2^-10 of it.
    /// </summary>
    private static ushort Rounded(float value)
    {
        double magnitude = Math.Abs((double)value);
        int exponent = magnitude == 0 ? -14 : Math.Max(-14, Math.ILogB(magnitude));
        int steps = (int)Math.Round(Math.ScaleB(magnitude, 10 - exponent), MidpointRounding.ToEven);
        // from 1024 steps on the number is a normal one; 2048 are the first of the next power, and the bits carry over by themselves
        int bits = steps < 1024 ? steps : ((exponent + 15) << 10) + (steps - 1024);
        return (ushort)(bits | (float.IsNegative(value) ? 0x8000 : 0));
    }

    private sealed class OneLayer(int channels) : INetwork
    {
        public string Name => "one";

        public string Task => "matting";

        public int InputChannels => channels;

        public IReadOnlyList<string> OutputNames { get; } = ["d0"];

        public string PredictionOutput => "d0";

        public NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image) => new(("d0", ops.Conv2d(image, "conv", new Conv2dSpec(1, 1) { Bias = false })));
    }
}
