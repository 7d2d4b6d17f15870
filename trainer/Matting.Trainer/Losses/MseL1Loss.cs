using Matting.Shared.Networks;
using TorchSharp;

namespace Matting.Trainer.Losses;

/// <summary>
/// The mean over all outputs of (mean squared error + weight * mean absolute error): the square is the
/// metric itself, the absolute error keeps pulling where the square has become flat.
/// </summary>
/// <param name="l1Weight">Weight of the mean absolute error.</param>
public sealed class MseL1Loss(double l1Weight = 0.5) : ILoss
{
    /// <inheritdoc/>
    public torch.Tensor Of(NamedOutputs<torch.Tensor> outputs, torch.Tensor target)
    {
        torch.Tensor? total = null;
        foreach ((_, torch.Tensor output) in outputs)
        {
            torch.Tensor term = torch.nn.functional.mse_loss(output, target)
                + torch.nn.functional.l1_loss(output, target) * l1Weight;
            total = total is null ? term : total + term;
        }
        return total! / outputs.Count;
    }
}
