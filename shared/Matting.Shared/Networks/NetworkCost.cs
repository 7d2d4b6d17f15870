namespace Matting.Shared.Networks;

/// <summary>What a layer costs for one image.</summary>
/// <param name="Name">The convolution's name.</param>
/// <param name="Output">Shape of what it computes.</param>
/// <param name="Parameters">Its weights and biases.</param>
/// <param name="Macs">Its multiply-accumulates.</param>
public sealed record LayerCost(string Name, FeatureShape Output, long Parameters, long Macs);

/// <summary>What a network costs for one image of a size.</summary>
/// <param name="Height">The image's height in pixels.</param>
/// <param name="Width">The image's width in pixels.</param>
/// <param name="Parameters">Trainable numbers; running statistics do not count.</param>
/// <param name="Macs">Multiply-accumulates of all convolutions; everything else (normalisations, rectifiers, pools, resampling, biases) does not count.</param>
/// <param name="ActivationBytes">float32 bytes of the results of all operations together, which is what training has to keep at most.</param>
/// <param name="Layers">The convolutions one by one, in the order in which they run.</param>
public sealed record NetworkCostReport(
    int Height, int Width, long Parameters, long Macs, long ActivationBytes, IReadOnlyList<LayerCost> Layers);

/// <summary>Counts what a network costs by running its definition on shapes.</summary>
public static class NetworkCost
{
    /// <summary>The cost of one image.</summary>
    /// <param name="network">The network.</param>
    /// <param name="height">Height of the image in pixels, at least 1.</param>
    /// <param name="width">Width of the image in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="NetworkException">The network does not take images of this size.</exception>
    public static NetworkCostReport Of(INetwork network, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Counter counter = new();
        network.Forward(counter, new FeatureShape(network.InputChannels, height, width));
        long parameters = NetworkSpecs.Of(network).Where(spec => spec.Trainable).Sum(spec => spec.ElementCount);
        return new(height, width, parameters, counter.Layers.Sum(layer => layer.Macs), counter.Values * sizeof(float), counter.Layers);
    }

    private sealed class Counter : ShapeOps
    {
        public List<LayerCost> Layers { get; } = [];

        public long Values { get; private set; }

        public override FeatureShape Conv2d(FeatureShape x, string name, Conv2dSpec spec)
        {
            FeatureShape result = base.Conv2d(x, name, spec);
            long taps = (long)(x.Channels / spec.Groups) * spec.Kernel * spec.Kernel;
            long parameters = spec.OutChannels * (taps + (spec.Bias ? 1 : 0));
            Layers.Add(new(name, result, parameters, checked(result.ElementCount * taps)));
            return result;
        }

        protected override FeatureShape Made(FeatureShape result)
        {
            Values = checked(Values + result.ElementCount);
            return result;
        }
    }
}
