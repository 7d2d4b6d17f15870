using Matting.Shared.Networks;
using TorchSharp;

namespace Matting.Trainer.Losses;

/// <summary>What training makes small.</summary>
public interface ILoss
{
    /// <summary>The loss of a batch as a scalar that gradients flow through.</summary>
    /// <param name="outputs">The outputs of the network, N x 1 x H x W, in [0, 1].</param>
    /// <param name="target">The true alpha, N x 1 x H x W, in [0, 1].</param>
    /// <returns>A scalar tensor; it belongs to the dispose scope of the caller.</returns>
    torch.Tensor Of(NamedOutputs<torch.Tensor> outputs, torch.Tensor target);
}
