using Matting.Shared.Networks;
using Matting.Shared.Weights;

namespace Matting.Shared.Onnx;

/// <summary>A convolution together with a scale and a shift of each output channel, which its weights absorb.</summary>
internal sealed class OnnxConvolution : OnnxNode
{
    private readonly OnnxValue _x;
    private readonly Conv2dSpec _spec;
    private readonly StateDict _weights;
    private readonly ChannelAffine? _after;

    private OnnxConvolution(OnnxValue x, string layer, Conv2dSpec spec, StateDict weights, ChannelAffine? after)
        : base("Conv", layer, ShapeOf(x.Shape!.Value, spec), InputsOf(x, layer, spec, weights, after), AttributesOf(spec))
    {
        (_x, _spec, _weights, _after) = (x, spec, weights, after);
    }

    /// <summary>The convolution as the network has it.</summary>
    public static OnnxConvolution Plain(OnnxValue x, string layer, Conv2dSpec spec, StateDict weights) => new(x, layer, spec, weights, null);

    /// <summary>This convolution followed by <paramref name="next"/>, as one node.</summary>
    public OnnxConvolution Then(ChannelAffine next) => new(_x, Hint, _spec, _weights, _after is null ? next : _after.Then(next));

    private static MapShape ShapeOf(MapShape from, Conv2dSpec spec)
    {
        int extent = spec.Dilation * (spec.Kernel - 1) + 1;
        return new(spec.OutChannels, Windows(from.Height), Windows(from.Width));

        Dimension Windows(Dimension size) => size.Windows(extent, spec.Stride, spec.Padding, ceil: false);
    }

    private static OnnxValue[] InputsOf(OnnxValue x, string layer, Conv2dSpec spec, StateDict weights, ChannelAffine? after)
    {
        OnnxValue weight = OnnxValue.Initialiser($"{layer}.weight", () => Weight(layer, weights, after));
        return spec.Bias || after is not null
            ? [x, weight, OnnxValue.Initialiser($"{layer}.bias", () => Bias(layer, spec, weights, after))]
            : [x, weight];
    }

    private static TensorProto Weight(string layer, StateDict weights, ChannelAffine? after)
    {
        WeightTensor tensor = weights[$"{layer}.weight"];
        float[] values = tensor.ToFloat32();
        if (after is not null)
        {
            int perChannel = values.Length / after.Scale.Length;
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)(values[i] * after.Scale[i / perChannel]);
        }
        return Tensors.Float32(Finite(values, layer), [.. tensor.Shape]);
    }

    private static TensorProto Bias(string layer, Conv2dSpec spec, StateDict weights, ChannelAffine? after)
    {
        float[] values = spec.Bias ? weights[$"{layer}.bias"].ToFloat32() : new float[spec.OutChannels];
        if (after is not null)
        {
            for (int channel = 0; channel < values.Length; channel++)
                values[channel] = (float)(values[channel] * after.Scale[channel] + after.Shift[channel]);
        }
        return Tensors.Float32(Finite(values, layer), values.Length);
    }

    private static float[] Finite(float[] values, string layer) => Array.TrueForAll(values, float.IsFinite)
        ? values
        : throw new OnnxExportException($"layer '{layer}' has weights that are not finite numbers");

    private static AttributeProto[] AttributesOf(Conv2dSpec spec) =>
    [
        Onnx.Attributes.Ints("dilations", spec.Dilation, spec.Dilation),
        Onnx.Attributes.Int("group", spec.Groups),
        Onnx.Attributes.Ints("kernel_shape", spec.Kernel, spec.Kernel),
        Onnx.Attributes.Ints("pads", spec.Padding, spec.Padding, spec.Padding, spec.Padding),
        Onnx.Attributes.Ints("strides", spec.Stride, spec.Stride),
    ];
}
