using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Optimisers;

/// <summary>How long all gradients together are.</summary>
internal static class GradientNorm
{
    /// <summary>The root of the sum of the squares of all elements; 0 without gradients, not finite when an element is not.</summary>
    /// <param name="parameters">Those without a gradient do not count.</param>
    public static double Of(IReadOnlyList<NamedParameter> parameters)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor[] norms = [.. parameters.Select(parameter => parameter.Value.grad).OfType<torch.Tensor>().Select(gradient => gradient.norm())];
        return norms.Length == 0 ? 0 : torch.stack(norms).norm().item<float>();
    }
}
