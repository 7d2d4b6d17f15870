using Matting.Shared.Networks;
using Matting.Shared.Numerics;
using Matting.Shared.Weights;

namespace Matting.Testing;

/// <summary>
/// A network of a few thousand parameters that uses every operation, in the combinations that an
/// encoder, a decoder, an attention gate and an auxiliary head make of them.
/// </summary>
public sealed class SampleNetwork : INetwork
{
    public string Name => "sample";

    public string Task => "segmentation";

    public int InputChannels => 3;

    public IReadOnlyList<string> OutputNames { get; } = ["logits", "mask", "aux", "again"];

    public string PredictionOutput => "logits";

    public NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image)
    {
        T half = ops.Conv2d(image, "encoder.conv1", new(8, 7) { Stride = 2, Padding = 3, Bias = false });
        half = ops.Relu(ops.BatchNorm2d(half, "encoder.bn1", BatchNorm2dSpec.Default));
        T small = ops.MaxPool2d(half, new(3, 2, padding: 1, ceilMode: true));
        T deep = ops.Conv2d(small, "encoder.conv2", new(8, 3) { Padding = 2, Dilation = 2, Groups = 4 });
        deep = ops.BatchNorm2d(deep, "encoder.bn2", new() { Epsilon = 1e-3 });
        // normalised after an addition: there is no convolution to fold into
        deep = ops.Relu(ops.BatchNorm2d(ops.Add(deep, small), "encoder.bn3", BatchNorm2dSpec.Default));

        T gate = ops.Relu(ops.Conv2d(deep, "gate.0", new(4, 1)));
        gate = ops.Sigmoid(ops.Conv2d(gate, "gate.2", new(1, 1)));
        deep = ops.Dropout2d(ops.Mul(deep, gate), "dropout", 0.2);

        T joined = ops.Concat(ops.UpsampleTo(deep, half, UpsampleMode.Nearest), half);
        T decoded = ops.Relu(ops.Conv2d(joined, "decoder.conv", Conv2dSpec.Same(8, 3)));
        decoded = ops.Mul(decoded, decoded);
        T logits = ops.Conv2d(ops.UpsampleTo(decoded, image, UpsampleMode.Bilinear), "head", Conv2dSpec.Same(3, 3));

        T mask = ops.Conv2d(joined, "mask", Conv2dSpec.Same(1, 3, dilation: 2));
        mask = ops.Sigmoid(ops.UpsampleTo(mask, image, UpsampleMode.Bilinear));
        T aux = ops.Conv2d(ops.UpsampleBy(deep, 2, UpsampleMode.Bilinear), "aux", new(2, 2) { Stride = 2 });
        return new(("logits", logits), ("mask", mask), ("aux", aux), ("again", mask));
    }

    /// <summary>Weights as after some training: normalisations have statistics, scales and shifts of their own.</summary>
    public static StateDict TrainedLike(INetwork network, long seed)
    {
        StateDict state = new();
        StateDict fresh = NetworkInitialiser.Create(network, seed);
        foreach (ParameterSpec spec in NetworkSpecs.Of(network))
        {
            SeededRandom random = new(seed, (long)StableHash.Fnv1a(spec.Name), 1);
            float[] values = spec.Kind switch
            {
                ParameterKind.NormScale or ParameterKind.RunningVar => Draw(0.5, 1.5),
                ParameterKind.NormShift or ParameterKind.RunningMean => Draw(-0.3, 0.3),
                _ => [],
            };
            state.Add(spec.Name, values.Length == 0 ? fresh[spec.Name] : WeightTensor.FromFloat32(values, [.. spec.Shape]));

            float[] Draw(double low, double high) =>
                [.. Enumerable.Range(0, (int)spec.ElementCount).Select(_ => (float)random.Uniform(low, high))];
        }
        return state;
    }
}
