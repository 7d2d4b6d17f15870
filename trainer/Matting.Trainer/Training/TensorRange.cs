using System.Globalization;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>Says what numbers tensors hold, for messages about losses that went wrong.</summary>
internal static class TensorRange
{
    /// <summary>The ranges of a batch and of the prediction for it.</summary>
    public static string Describe(torch.Tensor images, torch.Tensor alphas, torch.Tensor prediction) =>
        $"pictures {Of(images)}, alphas {Of(alphas)}, prediction {Of(prediction)}; a lower learning rate often helps";

    private static string Of(torch.Tensor tensor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        return string.Create(CultureInfo.InvariantCulture, $"{tensor.min().item<float>():G4} to {tensor.max().item<float>():G4}");
    }
}
