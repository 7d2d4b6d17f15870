using Matting.Shared.Numerics;

namespace Matting.Shared.Metrics;

/// <summary>Measures predicted alphas. It keeps memory from call to call, so each thread needs its own.</summary>
public sealed class AlphaErrorMeter
{
    private readonly GradientError _gradient = new();
    private readonly ConnectivityError _connectivity = new();

    /// <summary>Measures one picture.</summary>
    /// <param name="prediction">Predicted alpha, [height, width], 0..1.</param>
    /// <param name="truth">True alpha of the same size.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <returns>All errors; all NaN when a value of one of the alphas is not finite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">A length is not width * height.</exception>
    public AlphaErrors Measure(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, int width, int height)
    {
        PlaneGuard.Check(prediction.Length, width, height);
        PlaneGuard.Check(truth.Length, width, height);
        (double absolute, double squared) = DifferenceSums.Of(prediction, truth);
        if (!double.IsFinite(squared))
            return new AlphaErrors(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        double pixels = prediction.Length;
        return new AlphaErrors(
            squared / pixels,
            absolute / pixels,
            absolute / AlphaErrors.Thousand,
            _gradient.Of(prediction, truth, width, height) / AlphaErrors.Thousand,
            _connectivity.Of(prediction, truth, width, height) / AlphaErrors.Thousand);
    }
}
