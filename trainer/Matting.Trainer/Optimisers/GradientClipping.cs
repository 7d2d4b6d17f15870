using System.Globalization;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Optimisers;

/// <summary>Keeps a step from being thrown far off by a single batch.</summary>
public static class GradientClipping
{
    // as PyTorch has it: no division by nothing
    private const double Nothing = 1e-6;

    /// <summary>
    /// Scales all gradients alike so that together they are no longer than <paramref name="maxNorm"/>: with n = sqrt of the sum of
    /// the squares of all elements, each is multiplied by min(1, maxNorm / (n + 1e-6)), as PyTorch's <c>clip_grad_norm_</c> does.
    /// </summary>
    /// <param name="parameters">Those without a gradient do not count.</param>
    /// <param name="maxNorm">Above 0.</param>
    /// <returns>The length before.</returns>
    /// <exception cref="TrainingException">The length is not finite; the gradients are as they were.</exception>
    public static double Clip(IReadOnlyList<NamedParameter> parameters, double maxNorm)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        double norm = GradientNorm.Of(parameters);
        if (!double.IsFinite(norm))
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"the length of all gradients together is {norm}"));
        double scale = maxNorm / (norm + Nothing);
        if (scale < 1)
        {
            foreach (NamedParameter parameter in parameters)
                parameter.Value.grad?.mul_(scale);
        }
        return norm;
    }
}
