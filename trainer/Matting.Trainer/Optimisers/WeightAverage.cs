using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Trainer.Optimisers;

/// <summary>
/// The exponential moving average of a network's weights and running statistics: steadier than the weights of any one step, so
/// often better, and no step of training depends on it.
/// </summary>
/// <remarks>
/// Update n (from 0) makes average = d average + (1 - d) weights with d = min(decay, (1 + n) / (10 + n)), so that the first
/// weights, which nothing has been learnt into, are soon forgotten; the warm-up of TensorFlow's
/// <c>ExponentialMovingAverage</c>. Counts of batches are taken over as they are.
/// </remarks>
public sealed class WeightAverage : IResumable, IDisposable
{
    private const string UpdatesKey = "updates";
    private const string WeightsKey = "model_state";

    private readonly INetwork _network;
    private readonly IReadOnlyList<ParameterSpec> _specs;
    private readonly ParameterStore _source;
    private readonly double _decay;

    /// <summary>Starts with the weights as they are now.</summary>
    /// <param name="network">The network of the weights.</param>
    /// <param name="source">The weights that are trained; they stay the caller's.</param>
    /// <param name="decay">How much of the average an update keeps in the long run, in [0, 1).</param>
    public WeightAverage(INetwork network, ParameterStore source, double decay)
    {
        (_network, _source, _decay) = (network, source, decay);
        _specs = NetworkSpecs.Of(network);
        Parameters = new ParameterStore(network, source.ToStateDict(), source.Device);
    }

    /// <summary>The average; the store belongs to this object.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>How often it was brought up to date.</summary>
    public long Updates { get; private set; }

    /// <summary>How much of the average an update keeps.</summary>
    /// <param name="decay">What it comes to in the long run.</param>
    /// <param name="update">The number of the update, from 0.</param>
    public static double DecayOf(double decay, long update) => Math.Min(decay, (1.0 + update) / (10.0 + update));

    /// <summary>Takes a share of the weights as they are now into the average; to be called after each step.</summary>
    public void Update()
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        double decay = DecayOf(_decay, Updates++);
        foreach (ParameterSpec spec in _specs)
        {
            torch.Tensor average = Parameters[spec.Name], now = _source[spec.Name];
            if (spec.Type == ElementType.Int64)
                average.copy_(now);
            else
                average.mul_(decay).add_(now, 1 - decay);
        }
    }

    /// <inheritdoc/>
    public PickleDict Save() => new() { { UpdatesKey, Updates }, { WeightsKey, new PickleDict(Parameters.ToStateDict()) } };

    /// <inheritdoc/>
    public void Load(PickleDict saved, string file)
    {
        SavedValues values = new(saved, file);
        StateDict weights = StrictLoading.Conform(_network, values.Tensors(WeightsKey), file);
        Updates = values.Count(UpdatesKey);
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (ParameterSpec spec in _specs)
        {
            long[] shape = [.. spec.Shape];
            Parameters[spec.Name].copy_(spec.Type == ElementType.Int64
                ? TensorMemory.FromLongs(weights[spec.Name].AsInt64Span(), shape)
                : TensorMemory.FromFloats(weights[spec.Name].ToFloat32(), shape));
        }
    }

    /// <summary>Frees the average.</summary>
    public void Dispose() => Parameters.Dispose();
}
