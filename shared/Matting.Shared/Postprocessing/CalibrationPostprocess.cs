using System.Numerics.Tensors;
using Matting.Shared.Numerics;

namespace Matting.Shared.Postprocessing;

/// <summary>
/// Takes a grey veil off an alpha and deepens its half-tones: <c>clip((x - b) / (1 - b + epsilon), 0, 1) ^ gamma</c> with b a low
/// percentile of the alphas (linear interpolation between order statistics).
/// </summary>
public sealed class CalibrationPostprocess : IAlphaPostprocess
{
    // several operations go over the same values: a piece of them stays in the first-level cache
    private const int Piece = 2048;

    private readonly CalibrationOptions _options;
    private float[] _sample = [];

    /// <summary>Prepares the post-process.</summary>
    /// <param name="options">Its numbers; null: the defaults.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public CalibrationPostprocess(CalibrationOptions? options = null)
    {
        _options = options ?? CalibrationOptions.Default;
        _options.Check();
    }

    /// <inheritdoc/>
    /// <remarks>Alphas outside 0..1 count as the nearer of the two.</remarks>
    public void Apply(ReadOnlySpan<float> alpha, int width, int height, Span<float> result)
    {
        PlaneGuard.Check(alpha.Length, width, height);
        PlaneGuard.Check(result.Length, width, height);
        if (_sample.Length < alpha.Length)
            _sample = new float[alpha.Length];
        Span<float> sample = _sample.AsSpan(0, alpha.Length);
        Clamp(alpha, result);
        result.CopyTo(sample);
        double veil = Quantiles.Linear(sample, _options.Percentile / 100);
        float offset = (float)veil, scale = (float)(1 - veil + _options.Epsilon), gamma = (float)_options.Gamma;
        for (int start = 0; start < result.Length; start += Piece)
        {
            Span<float> piece = result.Slice(start, Math.Min(Piece, result.Length - start));
            TensorPrimitives.Subtract(piece, offset, piece);
            TensorPrimitives.Divide(piece, scale, piece);
            Clamp(piece, piece);
            TensorPrimitives.Pow(piece, gamma, piece);
        }
    }

    /// <summary>The percentile that <see cref="Apply"/> makes 0.</summary>
    /// <param name="alpha">At least one value, nominally 0..1; NaN counts as 0.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public double FindPercentile(ReadOnlySpan<float> alpha)
    {
        float[] sample = new float[alpha.Length];
        Clamp(alpha, sample);
        return Quantiles.Linear(sample, _options.Percentile / 100);
    }

    // the "number" variants take the other argument where one is NaN
    private static void Clamp(ReadOnlySpan<float> values, Span<float> result)
    {
        for (int start = 0; start < values.Length; start += Piece)
        {
            int length = Math.Min(Piece, values.Length - start);
            Span<float> piece = result.Slice(start, length);
            TensorPrimitives.MaxNumber(values.Slice(start, length), 0f, piece);
            TensorPrimitives.Min(piece, 1f, piece);
        }
    }
}
