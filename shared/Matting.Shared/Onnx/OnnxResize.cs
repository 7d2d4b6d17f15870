using Matting.Shared.Networks;

namespace Matting.Shared.Onnx;

/// <summary>
/// Resampling. Constant scales where they are exact: such a node needs no other and is the fastest.
/// Otherwise the sizes, because an engine computes the size from a rounded scale.
/// </summary>
internal sealed class OnnxResize
{
    private readonly OnnxValue _image;
    private readonly Func<OnnxNode, OnnxValue> _append;
    private readonly Dictionary<MapShape, OnnxValue> _sizes = [];
    private readonly Dictionary<(Dimension Height, Dimension Width), OnnxValue> _sides = [];
    private readonly Dictionary<string, OnnxValue> _constants = [];
    private OnnxValue? _batch;

    public OnnxResize(OnnxValue image, Func<OnnxNode, OnnxValue> append)
    {
        _image = image;
        _append = append;
    }

    /// <summary>To the size of another map, which is known or read when the graph runs.</summary>
    public OnnxValue To(OnnxValue x, string hint, OnnxValue like, MapShape shape, UpsampleMode mode)
    {
        MapShape from = x.Shape!.Value;
        if ((from.Height, from.Width) == (shape.Height, shape.Width))
            return x;
        return Exact(from.Height, shape.Height) is float vertical && Exact(from.Width, shape.Width) is float horizontal
            ? Append(x, hint, [null, Scales(vertical, horizontal)], shape, mode)
            : Append(x, hint, [null, null, Sizes(like, shape)], shape, mode);
    }

    /// <summary>By a whole factor.</summary>
    public OnnxValue By(OnnxValue x, string hint, int factor, MapShape shape, UpsampleMode mode) => factor == 1
        ? x
        : Append(x, hint, [null, Scales(factor, factor)], shape, mode);

    // null when a size is not known, or the ratio is not a float32, so that size * ratio might not be the wanted size
    private static float? Exact(Dimension from, Dimension to)
    {
        if (from.Size is not long before || to.Size is not long after)
            return null;
        float ratio = (float)((double)after / before);
        return (double)ratio * before == after ? ratio : null;
    }

    private OnnxValue Append(OnnxValue x, string hint, OnnxValue?[] target, MapShape shape, UpsampleMode mode)
    {
        // "half_pixel" is PyTorch's align_corners=False, for a single pixel too; "asymmetric" with "floor" its "nearest"
        AttributeProto[] attributes = mode == UpsampleMode.Bilinear
            ? [Attributes.Text("coordinate_transformation_mode", "half_pixel"), Attributes.Text("mode", "linear")]
            : [Attributes.Text("coordinate_transformation_mode", "asymmetric"), Attributes.Text("mode", "nearest"), Attributes.Text("nearest_mode", "floor")];
        return _append(new("Resize", hint, shape, [x, .. target], attributes));
    }

    // N is always read from the image; maps of one size, known or symbolic, share the nodes of the first to come
    private OnnxValue Sizes(OnnxValue like, MapShape shape)
    {
        if (_sizes.TryGetValue(shape, out OnnxValue? sizes))
            return sizes;
        _batch ??= ShapeOf(_image, "image.batch", 0, 1);
        OnnxValue[] parts = shape is { Height.Size: long height, Width.Size: long width }
            ? [_batch, Numbers(shape.Channels, height, width)]
            : [_batch, Numbers(shape.Channels), SizeOf(like)];
        string hint = $"sizes.{shape.Channels}x{shape.Height}x{shape.Width}";
        return _sizes[shape] = _append(new("Concat", hint, null, parts, Attributes.Int("axis", 0)));
    }

    private OnnxValue SizeOf(OnnxValue like)
    {
        (Dimension, Dimension) key = (like.Shape!.Value.Height, like.Shape.Value.Width);
        if (!_sides.TryGetValue(key, out OnnxValue? size))
            _sides[key] = size = ShapeOf(like, $"{like.Hint}.size", 2, 4);
        return size;
    }

    private OnnxValue ShapeOf(OnnxValue x, string hint, int start, int end) =>
        _append(new("Shape", hint, null, [x], Attributes.Int("end", end), Attributes.Int("start", start)));

    private OnnxValue Scales(float vertical, float horizontal) =>
        Constant(FormattableString.Invariant($"scales.{vertical:R}x{horizontal:R}"), () => TensorData.OfScales(1, 1, vertical, horizontal));

    private OnnxValue Numbers(params long[] numbers) =>
        Constant($"numbers.{string.Join('x', numbers)}", () => TensorData.OfNumbers(numbers));

    private OnnxValue Constant(string name, Func<TensorProto> content)
    {
        if (!_constants.TryGetValue(name, out OnnxValue? constant))
            _constants[name] = constant = OnnxValue.Initialiser(name, content);
        return constant;
    }
}
