using System.Numerics;

namespace Matting.Shared.Metrics;

/// <summary>
/// Gradient magnitudes of a plane row by row. Rows that were filtered sideways wait in a ring as high as the filter, so the
/// plane is read once and everything else stays in the cache.
/// </summary>
internal sealed class GradientRows
{
    private const int Radius = GaussianDerivative.Radius;

    private float[] _padded = [];
    private float[] _smooth = [];
    private float[] _slope = [];
    private float[] _magnitudes = [];
    private readonly int[] _places = new int[GaussianDerivative.Taps];
    private int _width;
    private int _height;
    private int _stride;
    private int _filtered;

    /// <summary>Starts a plane.</summary>
    public void Begin(int width, int height)
    {
        // whole vectors only: what lies behind the width is computed and never looked at
        (_width, _height, _filtered) = (width, height, 0);
        _stride = (width + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        Grow(ref _padded, _stride + 2 * Radius);
        Grow(ref _smooth, GaussianDerivative.Taps * _stride);
        Grow(ref _slope, GaussianDerivative.Taps * _stride);
        Grow(ref _magnitudes, _stride);
    }

    /// <summary>The magnitudes of a row; rows are asked for from top to bottom. Valid until the next row is asked for.</summary>
    public Span<float> Magnitudes(ReadOnlySpan<float> plane, int y)
    {
        for (; _filtered <= Math.Min(y + Radius, _height - 1); _filtered++)
            FilterSideways(plane.Slice(_filtered * _width, _width), _filtered % GaussianDerivative.Taps * _stride);
        for (int tap = 0; tap < GaussianDerivative.Taps; tap++)
            _places[tap] = Math.Clamp(y + tap - Radius, 0, _height - 1) % GaussianDerivative.Taps * _stride;
        GradientKernels.Vertical(_slope, _smooth, _places, _magnitudes.AsSpan(0, _stride));
        return _magnitudes.AsSpan(0, _width);
    }

    private void FilterSideways(ReadOnlySpan<float> row, int place)
    {
        Span<float> padded = _padded.AsSpan(0, _stride + 2 * Radius);
        padded[..Radius].Fill(row[0]);
        row.CopyTo(padded[Radius..]);
        padded[(Radius + _width)..].Fill(row[^1]);
        GradientKernels.Horizontal(padded, _smooth.AsSpan(place, _stride), _slope.AsSpan(place, _stride));
    }

    private static void Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new float[length];
    }
}
