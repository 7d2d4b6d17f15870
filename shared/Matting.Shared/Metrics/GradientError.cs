using System.Numerics.Tensors;
using Matting.Shared.Numerics;

namespace Matting.Shared.Metrics;

/// <summary>
/// The gradient error of Rhemann et al. (CVPR 2009): the sum over the pixels of <c>(|grad p| - |grad t|)^q</c>, q = 2, with the gradients
/// from first-order Gaussian derivative filters, sigma 1.4, each normalised to a sum of squares of 1, edge pixels repeated
/// outside. Alphas are taken as they are: the evaluation code of Xu et al. stretches each to 0..1 first, which the paper
/// does not, and which changes nothing where an alpha reaches both ends. Keeps memory from call to call; not for several
/// threads at once.
/// </summary>
public sealed class GradientError
{
    private readonly GradientRows _ofPrediction = new();
    private readonly GradientRows _ofTruth = new();

    /// <summary>Measures one picture.</summary>
    /// <param name="prediction">Predicted alpha, [height, width], 0..1.</param>
    /// <param name="truth">True alpha of the same size.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <returns>The sum, not in thousands.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">A length is not width * height.</exception>
    public double Of(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, int width, int height)
    {
        PlaneGuard.Check(prediction.Length, width, height);
        PlaneGuard.Check(truth.Length, width, height);
        _ofPrediction.Begin(width, height);
        _ofTruth.Begin(width, height);
        double sum = 0;
        for (int y = 0; y < height; y++)
        {
            Span<float> difference = _ofPrediction.Magnitudes(prediction, y);
            TensorPrimitives.Subtract(difference, _ofTruth.Magnitudes(truth, y), difference);
            sum += TensorPrimitives.SumOfSquares<float>(difference);
        }
        return sum;
    }
}
