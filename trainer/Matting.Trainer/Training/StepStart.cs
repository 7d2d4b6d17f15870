using Matting.Shared.Networks;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>
/// The running statistics as they were when a step began. Weights move only at the end of a step, but statistics with every batch that
/// goes through the network; a step that is not finished has to leave nothing of them.
/// </summary>
internal sealed class StepStart : IDisposable
{
    private readonly (torch.Tensor Now, torch.Tensor Before)[] _statistics;

    /// <summary>Sets memory aside.</summary>
    public StepStart(INetwork network, ParameterStore parameters) => _statistics =
    [
        .. NetworkSpecs.Of(network).Where(spec => !spec.Trainable).Select(spec => parameters[spec.Name])
            .Select(now => (now, now.clone().DetachFromDisposeScope())),
    ];

    /// <summary>A step begins.</summary>
    public void Remember()
    {
        using IDisposable noGradient = torch.no_grad();
        foreach ((torch.Tensor now, torch.Tensor before) in _statistics)
            before.copy_(now);
    }

    /// <summary>The step was not finished: everything is as it was.</summary>
    public void Restore()
    {
        using IDisposable noGradient = torch.no_grad();
        foreach ((torch.Tensor now, torch.Tensor before) in _statistics)
            now.copy_(before);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach ((torch.Tensor _, torch.Tensor before) in _statistics)
            before.Dispose();
    }
}
