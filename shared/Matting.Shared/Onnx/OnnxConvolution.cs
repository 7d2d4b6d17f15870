namespace Matting.Shared.Onnx;

/// <summary>How a convolution walks; pairs are (height, width).</summary>
internal sealed record ConvolutionGeometry(
    int OutChannels, (int Height, int Width) Kernel, (int Height, int Width) Padding, (int Height, int Width) Dilation, int Stride, int Groups);

/// <summary>A convolution together with a scale and a shift of each output channel, which its weights absorb.</summary>
internal sealed class OnnxConvolution : OnnxNode
{
    private readonly OnnxValue _x;
    private readonly ConvolutionGeometry _geometry;
    private readonly Func<TensorData> _weight;
    private readonly Func<TensorData>? _bias;
    private readonly ChannelAffine? _after;

    /// <summary>A convolution.</summary>
    /// <param name="x">What it is applied to.</param>
    /// <param name="hint">The name it gets, unless that is taken; its constants append <c>.weight</c> and <c>.bias</c>.</param>
    /// <param name="geometry">How it walks.</param>
    /// <param name="weight">Makes its weights, output channels x input channels per group x kernel, when they are needed.</param>
    /// <param name="bias">Makes its bias, one number an output channel; null for none.</param>
    /// <param name="after">Scale and shift of its result.</param>
    public OnnxConvolution(
        OnnxValue x, string hint, ConvolutionGeometry geometry, Func<TensorData> weight, Func<TensorData>? bias, ChannelAffine? after = null)
        : base("Conv", hint, ShapeOf(x.Shape!.Value, geometry), InputsOf(x, hint, geometry, weight, bias, after), AttributesOf(geometry))
    {
        (_x, _geometry, _weight, _bias, _after) = (x, geometry, weight, bias, after);
    }

    /// <summary>This convolution followed by <paramref name="next"/>, as one node.</summary>
    public OnnxConvolution Then(ChannelAffine next) =>
        new(_x, Hint, _geometry, _weight, _bias, _after is null ? next : _after.Then(next));

    private static MapShape ShapeOf(MapShape from, ConvolutionGeometry g)
    {
        return new(
            g.OutChannels,
            Windows(from.Height, g.Kernel.Height, g.Padding.Height, g.Dilation.Height),
            Windows(from.Width, g.Kernel.Width, g.Padding.Width, g.Dilation.Width),
            from.Precision);

        Dimension Windows(Dimension size, int kernel, int padding, int dilation) =>
            size.Windows(dilation * (kernel - 1) + 1, g.Stride, padding, ceil: false);
    }

    private static OnnxValue[] InputsOf(
        OnnxValue x, string hint, ConvolutionGeometry geometry, Func<TensorData> weight, Func<TensorData>? bias, ChannelAffine? after)
    {
        ModelPrecision precision = x.Shape!.Value.Precision;
        OnnxValue scaled = Constant("weight", () => Scaled(weight(), after));
        if (bias is null && after is null)
            return [x, scaled];
        bias ??= () => new(new float[geometry.OutChannels], geometry.OutChannels);
        return [x, scaled, Constant("bias", () => Moved(bias(), after))];

        // scales and shifts are absorbed before anything is rounded
        OnnxValue Constant(string part, Func<TensorData> content) =>
            OnnxValue.Initialiser($"{hint}.{part}", () => content().ToProto(hint, part, precision));
    }

    private static TensorData Scaled(TensorData weight, ChannelAffine? after)
    {
        if (after is null)
            return weight;
        float[] scaled = new float[weight.Values.Length];
        int perChannel = scaled.Length / after.Scale.Length;
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (float)(weight.Values[i] * after.Scale[i / perChannel]);
        return weight with { Values = scaled };
    }

    private static TensorData Moved(TensorData bias, ChannelAffine? after) => after is null
        ? bias
        : bias with { Values = [.. bias.Values.Select((value, channel) => (float)(value * after.Scale[channel] + after.Shift[channel]))] };

    private static AttributeProto[] AttributesOf(ConvolutionGeometry g) =>
    [
        Onnx.Attributes.Ints("dilations", g.Dilation.Height, g.Dilation.Width),
        Onnx.Attributes.Int("group", g.Groups),
        Onnx.Attributes.Ints("kernel_shape", g.Kernel.Height, g.Kernel.Width),
        Onnx.Attributes.Ints("pads", g.Padding.Height, g.Padding.Width, g.Padding.Height, g.Padding.Width),
        Onnx.Attributes.Ints("strides", g.Stride, g.Stride),
    ];
}
