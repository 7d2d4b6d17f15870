namespace Matting.Shared.Onnx;

/// <summary>Sizes of what operators put out, as the operators' descriptions define them; null where they are not known.</summary>
internal static class OnnxShapeRules
{
    private static readonly HashSet<string> SameAsInput =
    [
        "Abs", "BatchNormalization", "Cast", "Clip", "Dropout", "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish", "Identity", "InstanceNormalization", "LayerNormalization",
        "LeakyRelu", "Log", "LogSoftmax", "Neg", "PRelu", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Softmax", "Softplus", "Sqrt", "Tanh",
    ];

    /// <summary>The shape of the first output.</summary>
    public static long?[]? Output(OnnxShapeNode node) => node.Operation switch
    {
        "Conv" => node.Shape(1) is { Length: > 2 } weights ? Window(node, weights[0], weights[2..]) : null,
        "MaxPool" or "AveragePool" or "LpPool" => Window(node, node.Shape(0) is { Length: > 1 } pooled ? pooled[1] : null, null),
        "ConvTranspose" => Transposed(node),
        "Pad" => Padded(node),
        "Tile" => Each(node.Shape(0), node.Constant(1), (side, times) => side * times),
        "Split" => Split(node),
        "Resize" => node.Constant(3) is { Length: > 0 } sizes ? [.. sizes.Select(size => (long?)size)] : null,
        "Concat" => Joined(node),
        "Add" or "Sub" or "Mul" or "Div" => Broadcast(node.Shape(0), node.Shape(1)),
        _ => SameAsInput.Contains(node.Operation) ? node.Shape(0) : null,
    };

    // floor((side + pads - window) / stride) + 1; a pool that rounds up gives one more at most, which makes no negative size right
    private static long?[]? Window(OnnxShapeNode node, long? channels, long?[]? weights)
    {
        long?[]? input = node.Shape(0);
        long?[]? kernel = node.Numbers("kernel_shape") is { } stated ? [.. stated.Select(side => (long?)side)] : weights;
        if (input is null || kernel is null || kernel.Length != input.Length - 2)
            return null;
        long[]? pads = node.Numbers("pads"), strides = node.Numbers("strides"), dilations = node.Numbers("dilations");
        long?[] output = [input[0], channels, .. kernel];
        for (int axis = 0; axis < kernel.Length; axis++)
        {
            long stride = At(strides, axis, 1);
            output[axis + 2] = node.PadsItself || stride < 1 ? null
                : FloorDivide(input[axis + 2] + At(pads, axis, 0) + At(pads, axis + kernel.Length, 0) - ((kernel[axis] - 1) * At(dilations, axis, 1)) - 1, stride) + 1;
        }
        return output;
    }

    // stride * (side - 1) + extra + window - pads
    private static long?[]? Transposed(OnnxShapeNode node)
    {
        long?[]? input = node.Shape(0), weights = node.Shape(1);
        if (input is null || weights is null || weights.Length != input.Length || input.Length < 3 || node.PadsItself || node.HasAttribute("output_shape"))
            return null;
        long[]? pads = node.Numbers("pads"), strides = node.Numbers("strides"), dilations = node.Numbers("dilations"), extra = node.Numbers("output_padding");
        int axes = input.Length - 2;
        long?[] output = [input[0], weights[1] * (node.Number("group") ?? 1), .. input[2..]];
        for (int axis = 0; axis < axes; axis++)
        {
            output[axis + 2] = (At(strides, axis, 1) * (input[axis + 2] - 1)) + At(extra, axis, 0)
                + ((weights[axis + 2] - 1) * At(dilations, axis, 1)) + 1 - At(pads, axis, 0) - At(pads, axis + axes, 0);
        }
        return output;
    }

    // amounts of all axes before, then of all behind; the operator once had them as an attribute, and may have them for some axes only
    private static long?[]? Padded(OnnxShapeNode node)
    {
        long[]? amounts = node.Has(1) ? node.Constant(1) : node.Numbers("pads");
        if (node.Shape(0) is not { } input || amounts is null || amounts.Length != 2 * input.Length || node.Has(3))
            return null;
        return [.. input.Select((side, axis) => side + amounts[axis] + amounts[axis + input.Length])];
    }

    private static long?[]? Split(OnnxShapeNode node)
    {
        long[]? parts = node.Has(1) ? node.Constant(1) : node.Numbers("split");
        if (node.Shape(0) is not { } input || parts is not { Length: > 0 })
            return null;
        long axis = node.Number("axis") ?? 0;
        axis = axis < 0 ? axis + input.Length : axis;
        // a later part that is negative is as bad as the first
        return axis < 0 || axis >= input.Length ? null : [.. input.Select((side, i) => i == axis ? (parts.Min() < 0 ? parts.Min() : parts[0]) : side)];
    }

    private static long?[]? Joined(OnnxShapeNode node)
    {
        if (node.Shape(0) is not { } first || node.Number("axis") is not { } axis)
            return null;
        axis = axis < 0 ? axis + first.Length : axis;
        if (axis < 0 || axis >= first.Length)
            return null;
        long?[] output = [.. first];
        for (int input = 1; input < node.Inputs; input++)
        {
            if (node.Shape(input) is not { } next || next.Length != first.Length)
                return null;
            output[axis] += next[axis];
        }
        return output;
    }

    private static long?[]? Broadcast(long?[]? a, long?[]? b)
    {
        if (a is null || b is null || a.Length != b.Length)
            return null;
        return [.. a.Zip(b, (x, y) => x == 1 ? y : y == 1 || x == y ? x : null)];
    }

    private static long?[]? Each(long?[]? input, long[]? numbers, Func<long?, long, long?> combine) =>
        input is null || numbers is null || numbers.Length != input.Length ? null : [.. input.Zip(numbers, combine)];

    private static long At(long[]? list, int index, long otherwise) => list is not null && index < list.Length ? list[index] : otherwise;

    private static long? FloorDivide(long? value, long divisor) => value is { } known ? (long)Math.Floor((double)known / divisor) : null;
}
