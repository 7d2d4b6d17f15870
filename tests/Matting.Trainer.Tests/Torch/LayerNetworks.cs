using Matting.Shared.Networks;

namespace Matting.Trainer.Tests.Torch;

/// <summary>Networks of a layer or a few: what single operations and lifetimes are tested with.</summary>
internal abstract class LayerNetwork(int channels) : INetwork
{
    public string Name => GetType().Name;

    public string Task => "test";

    public int InputChannels { get; } = channels;

    public IReadOnlyList<string> OutputNames { get; } = ["y"];

    public string PredictionOutput => "y";

    public NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image) => new(("y", Apply(ops, image)));

    protected abstract T Apply<T>(ITensorOps<T> ops, T x);
}

internal sealed class ConvolutionNetwork(int channels, Conv2dSpec spec) : LayerNetwork(channels)
{
    protected override T Apply<T>(ITensorOps<T> ops, T x) => ops.Conv2d(x, "layer", spec);
}

internal sealed class NormNetwork(int channels, BatchNorm2dSpec spec) : LayerNetwork(channels)
{
    protected override T Apply<T>(ITensorOps<T> ops, T x) => ops.BatchNorm2d(x, "layer", spec);
}

internal sealed class DropoutNetwork(int channels, double probability) : LayerNetwork(channels)
{
    protected override T Apply<T>(ITensorOps<T> ops, T x) =>
        ops.Concat(ops.Dropout2d(x, "first", probability), ops.Dropout2d(x, "second", probability));
}

/// <summary>Values used twice, by the same operation and by later ones, after a rectifier and before it.</summary>
internal sealed class ReuseNetwork() : LayerNetwork(3)
{
    protected override T Apply<T>(ITensorOps<T> ops, T x)
    {
        T conv = ops.Conv2d(x, "a", Conv2dSpec.Same(4, 3));
        T doubled = ops.Add(conv, conv);
        T positive = ops.Relu(doubled);
        T again = ops.Relu(positive);
        T gate = ops.Sigmoid(conv);
        T pooled = ops.MaxPool2d(ops.Mul(again, gate), new MaxPool2dSpec(2, 2, ceilMode: true));
        T wide = ops.UpsampleTo(pooled, conv, UpsampleMode.Bilinear);
        T kept = ops.Dropout2d(wide, "drop", 0.5);
        return ops.Conv2d(ops.Concat(ops.Relu(ops.Add(kept, conv)), kept, doubled), "b", new Conv2dSpec(1, 1));
    }
}

/// <summary>The smallest network that trains like the large ones: two outputs, batch-norm, pooling, resampling, a skip.</summary>
internal sealed class TinyNetwork : INetwork
{
    public string Name => "tiny";

    public string Task => "matting";

    public int InputChannels => 3;

    public IReadOnlyList<string> OutputNames { get; } = ["d0", "d1"];

    public string PredictionOutput => "d0";

    public NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image)
    {
        T stem = ops.Relu(ops.BatchNorm2d(ops.Conv2d(image, "stem", Conv2dSpec.Same(6, 3)), "stem_bn", BatchNorm2dSpec.Default));
        T low = ops.MaxPool2d(stem, new MaxPool2dSpec(2, 2, ceilMode: true));
        low = ops.Relu(ops.BatchNorm2d(ops.Conv2d(low, "low", Conv2dSpec.Same(6, 3, dilation: 2)), "low_bn", BatchNorm2dSpec.Default));
        T both = ops.Concat(ops.UpsampleTo(low, stem, UpsampleMode.Bilinear), stem);
        T side = ops.Sigmoid(ops.UpsampleTo(ops.Conv2d(low, "side", Conv2dSpec.Same(1, 3)), stem, UpsampleMode.Bilinear));
        return new(("d0", ops.Sigmoid(ops.Conv2d(both, "out", Conv2dSpec.Same(1, 3)))), ("d1", side));
    }
}
