using System.Runtime.InteropServices;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Runtime.Tests.Networks;

/// <summary>
/// The arithmetic of a GPU in half precision, on any machine: everything that an operation reads is rounded to float16, what
/// it adds up is not. ONNX Runtime's CPU leaves these roundings out, so that it cannot show how far a GPU will be off.
/// </summary>
internal sealed class HalfOps(StateDict weights) : ITensorOps<ScalarMap>
{
    private readonly ScalarOps _exact = new(weights);

    /// <summary>The interpreter for a model of U2NETP, all of whose normalisations are folded into the convolutions before them.</summary>
    /// <param name="model">Where the rounded weights are taken from.</param>
    /// <param name="original">For those convolutions that a model computes in two steps, and nothing is folded into.</param>
    public static HalfOps OfU2NetP(ModelProto model, StateDict original)
    {
        Dictionary<string, TensorProto> constants = model.Graph.Initializer.ToDictionary(tensor => tensor.Name);
        StateDict weights = new();
        foreach ((string name, WeightTensor tensor) in original)
        {
            bool same = constants.TryGetValue(name, out TensorProto? constant) && constant.Dims.SequenceEqual(tensor.Shape);
            Half[] rounded = same
                ? MemoryMarshal.Cast<byte, Half>(constant!.RawData.Span).ToArray()
                : [.. tensor.ToFloat32().Select(value => (Half)value)];
            weights.Add(name, WeightTensor.FromFloat32([.. rounded.Select(value => (float)value)], [.. tensor.Shape]));
        }
        return new HalfOps(weights);
    }

    public ScalarMap Conv2d(ScalarMap x, string name, Conv2dSpec spec) => _exact.Conv2d(Round(x), name, spec);

    public ScalarMap BatchNorm2d(ScalarMap x, string name, BatchNorm2dSpec spec) => x;

    public ScalarMap Relu(ScalarMap x) => _exact.Relu(Round(x));

    // of an output, computed in float32 after the cast
    public ScalarMap Sigmoid(ScalarMap x) => _exact.Sigmoid(Round(x));

    public ScalarMap MaxPool2d(ScalarMap x, MaxPool2dSpec spec) => _exact.MaxPool2d(Round(x), spec);

    public ScalarMap UpsampleTo(ScalarMap x, ScalarMap like, UpsampleMode mode) => _exact.UpsampleTo(Round(x), like, mode);

    public ScalarMap UpsampleBy(ScalarMap x, int factor, UpsampleMode mode) => _exact.UpsampleBy(Round(x), factor, mode);

    public ScalarMap Concat(params ReadOnlySpan<ScalarMap> xs) => _exact.Concat([.. xs.ToArray().Select(Round)]);

    public ScalarMap Add(ScalarMap a, ScalarMap b) => _exact.Add(Round(a), Round(b));

    public ScalarMap Mul(ScalarMap a, ScalarMap b) => _exact.Mul(Round(a), Round(b));

    public ScalarMap Dropout2d(ScalarMap x, string name, double probability) => x;

    private static ScalarMap Round(ScalarMap x)
    {
        ScalarMap rounded = new(x.Count, x.Channels, x.Height, x.Width);
        for (int i = 0; i < x.Values.Length; i++)
            rounded.Values[i] = (double)(Half)x.Values[i];
        return rounded;
    }
}
