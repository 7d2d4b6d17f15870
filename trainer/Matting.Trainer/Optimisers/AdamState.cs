using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Optimisers;

/// <summary>What Adam remembers of one parameter; the names are those of PyTorch's optimiser state.</summary>
public sealed class AdamState : IDisposable
{
    /// <summary>Starts with zeroes on the device of the parameter.</summary>
    internal AdamState(NamedParameter parameter)
    {
        Parameter = parameter;
        ExpAvg = torch.zeros_like(parameter.Value, requires_grad: false).DetachFromDisposeScope();
        ExpAvgSq = torch.zeros_like(parameter.Value, requires_grad: false).DetachFromDisposeScope();
    }

    /// <summary>The parameter that is moved.</summary>
    public NamedParameter Parameter { get; }

    /// <summary>How many steps it has taken.</summary>
    public long Step { get; internal set; }

    /// <summary>Running mean of the gradient.</summary>
    public torch.Tensor ExpAvg { get; }

    /// <summary>Running mean of the squared gradient.</summary>
    public torch.Tensor ExpAvgSq { get; }

    /// <summary>Takes a state over.</summary>
    internal void Restore(long step, ReadOnlySpan<float> expAvg, ReadOnlySpan<float> expAvgSq)
    {
        Step = step;
        using DisposeScope scope = torch.NewDisposeScope();
        ExpAvg.copy_(TensorMemory.FromFloats(expAvg, ExpAvg.shape));
        ExpAvgSq.copy_(TensorMemory.FromFloats(expAvgSq, ExpAvgSq.shape));
    }

    /// <summary>Frees the running means.</summary>
    public void Dispose()
    {
        ExpAvg.Dispose();
        ExpAvgSq.Dispose();
    }
}
