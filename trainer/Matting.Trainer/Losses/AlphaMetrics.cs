using TorchSharp;

namespace Matting.Trainer.Losses;

/// <summary>The numbers by which predictions are judged.</summary>
public static class AlphaMetrics
{
    /// <summary>The mean squared error over all pixels of a batch, which is the mean over its samples too.</summary>
    /// <param name="prediction">Predicted alpha, N x 1 x H x W, in [0, 1].</param>
    /// <param name="target">True alpha of the same shape.</param>
    public static double Mse(torch.Tensor prediction, torch.Tensor target)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        return torch.nn.functional.mse_loss(prediction, target).item<float>();
    }
}
