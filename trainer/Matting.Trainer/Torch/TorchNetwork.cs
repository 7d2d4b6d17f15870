using Matting.Shared.Networks;
using Matting.Trainer.Torch.Functions;
using TorchSharp;

namespace Matting.Trainer.Torch;

/// <summary>A network with its weights, ready to run on tensors.</summary>
public sealed class TorchNetwork
{
    private readonly TensorLifetimes _lifetimes;

    /// <summary>Joins a definition and weights; the weights stay the caller's.</summary>
    /// <param name="network">The definition.</param>
    /// <param name="parameters">The weights, in float32 whatever the precision.</param>
    /// <param name="compute">How it is computed; null: in float32, channels last.</param>
    public TorchNetwork(INetwork network, ParameterStore parameters, ComputeOptions? compute = null)
    {
        (Network, Parameters, Compute) = (network, parameters, compute ?? new ComputeOptions());
        _lifetimes = TensorLifetimes.Of(network);
    }

    /// <summary>The definition.</summary>
    public INetwork Network { get; }

    /// <summary>The weights.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>How it is computed.</summary>
    public ComputeOptions Compute { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="image">Normalised images, N x channels x H x W, on the device of the weights.</param>
    /// <param name="mode">Training records gradients and updates batch-norm statistics; evaluation does neither.</param>
    /// <param name="dropoutKey">While training: decides what dropout drops; another number for each step.</param>
    /// <returns>The outputs, in float32; they belong to the dispose scope of the caller.</returns>
    /// <exception cref="TrainingException">Training with a single value per channel in a batch-norm.</exception>
    public NamedOutputs<torch.Tensor> Forward(torch.Tensor image, ForwardMode mode, long dropoutKey = 0)
    {
        using IDisposable? noGradient = mode == ForwardMode.Evaluation ? torch.no_grad() : null;
        using torch.Tensor typed = image.to(Compute.Type);
        using torch.Tensor? packed = Compute.ChannelsLast ? ChannelsLast.Of(typed) : null;
        torch.Tensor input = packed ?? typed;
        return Network.Forward(new TorchOps(Parameters, _lifetimes, Compute.Type, mode, input, dropoutKey), input);
    }
}
