namespace Matting.Shared.Networks;

/// <summary>The parameters and buffers of a network, found by running its definition on shapes.</summary>
public static class NetworkSpecs
{
    // any size that all networks take; no parameter depends on it
    private const int Side = 512;

    /// <summary>All parameters and buffers in the order of PyTorch's <c>state_dict</c>.</summary>
    /// <exception cref="InvalidOperationException">The definition gives two layers one name, or does not return what it promises.</exception>
    public static IReadOnlyList<ParameterSpec> Of(INetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Collector collector = new();
        NamedOutputs<FeatureShape> outputs = network.Forward(collector, new FeatureShape(network.InputChannels, Side, Side));
        if (!outputs.Names.SequenceEqual(network.OutputNames))
            throw new InvalidOperationException($"{network.Name} promises {string.Join(", ", network.OutputNames)} and returns {string.Join(", ", outputs.Names)}");
        return collector.Specs;
    }

    private sealed class Collector : ShapeOps
    {
        private readonly HashSet<string> _layers = [];

        public List<ParameterSpec> Specs { get; } = [];

        public override FeatureShape Conv2d(FeatureShape x, string name, Conv2dSpec spec)
        {
            FeatureShape result = base.Conv2d(x, name, spec);
            StartLayer(name);
            long fanIn = (long)(x.Channels / spec.Groups) * spec.Kernel * spec.Kernel;
            Initialiser initialiser = Initialiser.Uniform.ForFanIn(fanIn);
            Specs.Add(new($"{name}.weight", [spec.OutChannels, x.Channels / spec.Groups, spec.Kernel, spec.Kernel], ParameterKind.Weight, initialiser));
            if (spec.Bias)
                Specs.Add(new($"{name}.bias", [spec.OutChannels], ParameterKind.Bias, initialiser));
            return result;
        }

        public override FeatureShape BatchNorm2d(FeatureShape x, string name, BatchNorm2dSpec spec)
        {
            StartLayer(name);
            Add("weight", [x.Channels], ParameterKind.NormScale, 1);
            Add("bias", [x.Channels], ParameterKind.NormShift, 0);
            Add("running_mean", [x.Channels], ParameterKind.RunningMean, 0);
            Add("running_var", [x.Channels], ParameterKind.RunningVar, 1);
            Add("num_batches_tracked", [], ParameterKind.BatchCount, 0);
            return x;

            void Add(string part, long[] shape, ParameterKind kind, float start) =>
                Specs.Add(new($"{name}.{part}", shape, kind, new Initialiser.Constant(start)));
        }

        private void StartLayer(string name)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            if (!_layers.Add(name))
                throw new InvalidOperationException($"two layers are named '{name}'");
        }
    }
}
