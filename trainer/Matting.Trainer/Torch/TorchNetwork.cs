using Matting.Shared.Networks;
using TorchSharp;

namespace Matting.Trainer.Torch;

/// <summary>A network with its weights, ready to run on tensors.</summary>
public sealed class TorchNetwork
{
    private readonly TensorLifetimes _lifetimes;

    /// <summary>Joins a definition and weights; the weights stay the caller's.</summary>
    public TorchNetwork(INetwork network, ParameterStore parameters)
    {
        (Network, Parameters) = (network, parameters);
        _lifetimes = TensorLifetimes.Of(network);
    }

    /// <summary>The definition.</summary>
    public INetwork Network { get; }

    /// <summary>The weights.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="image">Normalised images, N x channels x H x W, on the device of the weights.</param>
    /// <param name="mode">Training records gradients and updates batch-norm statistics; evaluation does neither.</param>
    /// <param name="dropoutKey">While training: decides what dropout drops; another number for each step.</param>
    /// <returns>The outputs; they belong to the dispose scope of the caller.</returns>
    /// <exception cref="TrainingException">Training with a single value per channel in a batch-norm.</exception>
    public NamedOutputs<torch.Tensor> Forward(torch.Tensor image, ForwardMode mode, long dropoutKey = 0)
    {
        using IDisposable? noGradient = mode == ForwardMode.Evaluation ? torch.no_grad() : null;
        return Network.Forward(new TorchOps(Parameters, _lifetimes, mode, image, dropoutKey), image);
    }
}
