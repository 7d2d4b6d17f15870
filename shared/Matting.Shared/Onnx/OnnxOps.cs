using Matting.Shared.Networks;
using Matting.Shared.Weights;

namespace Matting.Shared.Onnx;

/// <summary>
/// The interpreter that builds a graph for inference. Nodes that no output needs are left in the
/// list; <see cref="OnnxGraphWriter"/> drops them. That is also how a batch normalisation folds into
/// its convolution: the folded convolution is a new node, and the old one stays without a user.
/// </summary>
internal sealed class OnnxOps : ITensorOps<OnnxValue>
{
    private readonly StateDict _weights;
    private readonly OnnxLayers _layers;
    private readonly OnnxResize _resize;
    private readonly List<OnnxNode> _nodes = [];

    public OnnxOps(OnnxValue image, StateDict weights)
    {
        _weights = weights;
        _layers = new(weights, Append);
        _resize = new(image, Append);
    }

    /// <summary>All nodes in the order in which they can run.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    public OnnxValue Conv2d(OnnxValue x, string name, Conv2dSpec spec) => _layers.Conv2d(x, name, spec);

    public OnnxValue BatchNorm2d(OnnxValue x, string name, BatchNorm2dSpec spec)
    {
        if (x.Producer is OnnxConvolution convolution)
            return Append(convolution.Then(ChannelAffine.OfBatchNorm(name, spec, _weights)));
        if (Shape(x).Precision == ModelPrecision.Float16)
            return Affine(x, name, ChannelAffine.OfBatchNorm(name, spec, _weights));
        OnnxValue[] parameters = [Parameter(name, "weight"), Parameter(name, "bias"), Parameter(name, "running_mean"), Parameter(name, "running_var")];
        return Append(new("BatchNormalization", name, Shape(x), [x, .. parameters], Attributes.Float("epsilon", (float)spec.Epsilon)));
    }

    public OnnxValue Relu(OnnxValue x) => Append(new("Relu", Beside(x, "relu"), Shape(x), [x]));

    public OnnxValue Sigmoid(OnnxValue x) => Append(new("Sigmoid", Beside(x, "sigmoid"), Shape(x), [x]));

    public OnnxValue MaxPool2d(OnnxValue x, MaxPool2dSpec spec)
    {
        MapShape input = Shape(x);
        MapShape whole = Pooled(ceil: false);
        MapShape shape = Pooled(spec.CeilMode);
        List<AttributeProto> attributes =
        [
            Attributes.Ints("kernel_shape", spec.Kernel, spec.Kernel),
            Attributes.Ints("pads", spec.Padding, spec.Padding, spec.Padding, spec.Padding),
            Attributes.Ints("strides", spec.Stride, spec.Stride),
        ];
        if (shape != whole)
            attributes.Insert(0, Attributes.Int("ceil_mode", 1));
        return Append(new("MaxPool", Beside(x, "pool"), shape, [x], attributes));

        MapShape Pooled(bool ceil) => input with
        {
            Height = input.Height.Windows(spec.Kernel, spec.Stride, spec.Padding, ceil),
            Width = input.Width.Windows(spec.Kernel, spec.Stride, spec.Padding, ceil),
        };
    }

    public OnnxValue UpsampleTo(OnnxValue x, OnnxValue like, UpsampleMode mode) =>
        _resize.To(x, Beside(x, "resize"), like, Shape(like) with { Channels = Shape(x).Channels }, mode);

    public OnnxValue UpsampleBy(OnnxValue x, int factor, UpsampleMode mode)
    {
        MapShape input = Shape(x);
        MapShape shape = input with { Height = input.Height.Times(factor), Width = input.Width.Times(factor) };
        return _resize.By(x, Beside(x, "resize"), factor, shape, mode);
    }

    public OnnxValue Concat(params ReadOnlySpan<OnnxValue> xs)
    {
        OnnxValue[] parts = xs.ToArray();
        MapShape shape = Shape(parts[0]) with { Channels = parts.Sum(part => Shape(part).Channels) };
        return Append(new("Concat", Beside(parts[0], "concat"), shape, parts, Attributes.Int("axis", 1)));
    }

    public OnnxValue Add(OnnxValue a, OnnxValue b) => Append(new("Add", Beside(a, "add"), Shape(a), [a, b]));

    public OnnxValue Mul(OnnxValue a, OnnxValue b) => Append(new("Mul", Beside(a, "mul"), Shape(a), [a, b]));

    public OnnxValue Dropout2d(OnnxValue x, string name, double probability) => x;

    /// <summary>The value in another precision; itself when it has that already.</summary>
    public OnnxValue Cast(OnnxValue x, ModelPrecision precision) => Shape(x).Precision == precision
        ? x
        : Append(new("Cast", Beside(x, precision.Name()), Shape(x) with { Precision = precision }, [x], Attributes.Int("to", (long)OnnxGraphWriter.TypeOf(precision))));

    /// <summary>The value of an output, which is float32.</summary>
    public OnnxValue Output(OnnxValue x)
    {
        // near 1 float16 has steps of 1/2048: an alpha is not rounded to them when its sigmoid, one channel, is computed after the cast
        return x.Producer is { OpType: "Sigmoid", Inputs: [OnnxValue logits] } && Shape(x).Precision != ModelPrecision.Float32
            ? Sigmoid(Cast(logits, ModelPrecision.Float32))
            : Cast(x, ModelPrecision.Float32);
    }

    /// <summary>A value of its own that equals <paramref name="x"/>.</summary>
    public OnnxValue Copy(OnnxValue x) => Append(new("Identity", Beside(x, "copy"), Shape(x), [x]));

    private static MapShape Shape(OnnxValue x) => x.Shape!.Value;

    private OnnxValue Append(OnnxNode node)
    {
        _nodes.Add(node);
        return OnnxValue.ResultOf(node);
    }

    // in half precision: the statistics alone may be out of its range, what they come down to seldom is
    private OnnxValue Affine(OnnxValue x, string name, ChannelAffine affine)
    {
        OnnxValue scaled = Append(new("Mul", $"{name}.scaled", Shape(x), [x, PerChannel("scale", affine.Scale)]));
        return Append(new("Add", name, Shape(x), [scaled, PerChannel("shift", affine.Shift)]));

        OnnxValue PerChannel(string part, double[] numbers)
        {
            TensorData content = new([.. numbers.Select(number => (float)number)], numbers.Length, 1, 1);
            return OnnxValue.Initialiser($"{name}.{part}", () => content.ToProto(name, part, Shape(x).Precision));
        }
    }

    private OnnxValue Parameter(string layer, string part) =>
        OnnxValue.Initialiser($"{layer}.{part}", () => TensorData.Of(_weights[$"{layer}.{part}"]).ToProto(layer, part, ModelPrecision.Float32));

    // what follows layer stage1.rebnconvin.conv_s1 is called stage1.rebnconvin.relu and so on
    private static string Beside(OnnxValue x, string what)
    {
        int end = x.Hint.LastIndexOf('.');
        return end < 0 ? $"{x.Hint}.{what}" : $"{x.Hint.AsSpan(0, end)}.{what}";
    }
}
