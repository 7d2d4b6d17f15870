using Matting.Shared.Networks;
using Matting.Shared.Weights;
using TorchSharp;

namespace Matting.Trainer.Torch;

/// <summary>The parameters and statistics of a network as tensors on a device, in the order of PyTorch's state_dict.</summary>
public sealed class ParameterStore : IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _tensors = [];
    private readonly List<NamedParameter> _trainable = [];
    private readonly IReadOnlyList<ParameterSpec> _specs;

    /// <summary>Copies weights onto a device.</summary>
    /// <param name="network">Says what there must be.</param>
    /// <param name="weights">Every name of the network in its shape; check with <see cref="StrictLoading"/> what a user gave.</param>
    /// <param name="device">Where the tensors live; null: the CPU.</param>
    public ParameterStore(INetwork network, StateDict weights, torch.Device? device = null)
    {
        Device = device ?? torch.CPU;
        _specs = NetworkSpecs.Of(network);
        foreach (ParameterSpec spec in _specs)
        {
            torch.Tensor tensor = Load(spec, weights[spec.Name]).DetachFromDisposeScope();
            _tensors.Add(spec.Name, tensor);
            if (!spec.Trainable)
                continue;
            tensor.requires_grad = true;
            _trainable.Add(new NamedParameter(spec.Name, tensor));
        }
    }

    /// <summary>Where the tensors live.</summary>
    public torch.Device Device { get; }

    /// <summary>What an optimiser changes, in the order of <c>model.parameters()</c>.</summary>
    public IReadOnlyList<NamedParameter> Trainable => _trainable;

    /// <summary>The tensor of a name; it belongs to the store.</summary>
    /// <exception cref="KeyNotFoundException">The network has no such parameter.</exception>
    public torch.Tensor this[string name] => _tensors[name];

    /// <summary>A copy of everything as it is now.</summary>
    public StateDict ToStateDict()
    {
        StateDict copy = new();
        foreach (ParameterSpec spec in _specs)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor tensor = _tensors[spec.Name].detach().cpu().contiguous();
            copy.Add(spec.Name, new WeightTensor(spec.Type, [.. spec.Shape], tensor.bytes.ToArray()));
        }
        return copy;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (torch.Tensor tensor in _tensors.Values)
            tensor.Dispose();
    }

    private torch.Tensor Load(ParameterSpec spec, WeightTensor weights)
    {
        long[] shape = [.. spec.Shape];
        return spec.Type == ElementType.Int64
            ? TensorMemory.FromLongs(weights.AsInt64Span(), shape, Device)
            : TensorMemory.FromFloats(weights.ToFloat32(), shape, Device);
    }
}
