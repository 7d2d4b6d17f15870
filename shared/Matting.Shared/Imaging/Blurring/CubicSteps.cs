using System.Numerics.Tensors;

namespace Matting.Shared.Imaging.Blurring;

/// <summary>
/// Values between samples a fixed number of positions apart, by Lagrange's cubic through the four nearest; the first sample lies one
/// step before position 0, as in <see cref="SampledGaussian"/>.
/// </summary>
internal sealed class CubicSteps
{
    private readonly int _step;
    private readonly float[] _weights;

    /// <summary>Prepares the weights of every position between two samples.</summary>
    internal CubicSteps(int step)
    {
        _step = step;
        _weights = new float[4 * step];
        for (int phase = 0; phase < step; phase++)
        {
            double t = (double)phase / step;
            _weights[4 * phase] = (float)(-t * (t - 1) * (t - 2) / 6);
            _weights[(4 * phase) + 1] = (float)((t + 1) * (t - 1) * (t - 2) / 2);
            _weights[(4 * phase) + 2] = (float)(-(t + 1) * t * (t - 2) / 2);
            _weights[(4 * phase) + 3] = (float)((t + 1) * t * (t - 1) / 6);
        }
    }

    /// <summary>Fills a row from its samples.</summary>
    internal void Row(ReadOnlySpan<float> samples, Span<float> row)
    {
        int x = 0;
        for (int place = 0; x < row.Length; place++)
        {
            float a = samples[place], b = samples[place + 1], c = samples[place + 2], d = samples[place + 3];
            for (int phase = 0; phase < _step && x < row.Length; phase++, x++)
            {
                ReadOnlySpan<float> w = _weights.AsSpan(4 * phase, 4);
                row[x] = (w[0] * a) + (w[1] * b) + (w[2] * c) + (w[3] * d);
            }
        }
    }

    /// <summary>Fills the rows of a plane from sampled rows.</summary>
    internal void Rows(ReadOnlySpan<float> samples, int width, Span<float> plane)
    {
        for (int y = 0; y * width < plane.Length; y++)
        {
            (int place, int phase) = Math.DivRem(y, _step);
            Span<float> row = plane.Slice(y * width, width);
            TensorPrimitives.Multiply(samples.Slice(place * width, width), _weights[4 * phase], row);
            for (int tap = 1; tap < 4; tap++)
                TensorPrimitives.MultiplyAdd(samples.Slice((place + tap) * width, width), _weights[(4 * phase) + tap], row, row);
        }
    }
}
