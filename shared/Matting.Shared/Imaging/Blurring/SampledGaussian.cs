namespace Matting.Shared.Imaging.Blurring;

/// <summary>
/// The weights of OpenCV's Gaussian along one axis at every so many positions only, from one step before the first to at least one behind the last:
/// the mirrored borders are folded into the weights.
/// </summary>
internal sealed class SampledGaussian
{
    private readonly float[] _weights;
    private readonly int[] _first;
    private readonly int[] _end;
    private readonly int _count;

    /// <summary>The weights for <paramref name="count"/> values, at positions <c>-step, 0, step, ...</c></summary>
    internal SampledGaussian(int count, double sigma, int step)
    {
        _count = count;
        Places = ((count - 1) / step) + 4;
        _weights = new float[Places * count];
        _first = new int[Places];
        _end = new int[Places];
        double[] kernel = Kernel(sigma), folded = new double[count];
        for (int place = 0; place < Places; place++)
        {
            Array.Clear(folded);
            int start = ((place - 1) * step) - (kernel.Length / 2);
            for (int tap = 0; tap < kernel.Length; tap++)
                folded[Mirror(start + tap, count)] += kernel[tap];
            for (int i = 0; i < count; i++)
                _weights[(place * count) + i] = (float)folded[i];
            _first[place] = Array.FindIndex(folded, weight => weight != 0);
            _end[place] = Array.FindLastIndex(folded, weight => weight != 0) + 1;
        }
    }

    /// <summary>How many positions there are.</summary>
    internal int Places { get; }

    /// <summary>Index of the first value that counts at a place.</summary>
    internal int First(int place) => _first[place];

    /// <summary>Index behind the last value that counts at a place.</summary>
    internal int End(int place) => _end[place];

    /// <summary>Weight of one value at a place.</summary>
    internal float Weight(int place, int index) => _weights[(place * _count) + index];

    /// <summary>Weights of the values that count at a place.</summary>
    internal ReadOnlySpan<float> Weights(int place) => _weights.AsSpan((place * _count) + _first[place], _end[place] - _first[place]);

    // as many taps as OpenCV takes for float32, adding up to 1
    private static double[] Kernel(double sigma)
    {
        int radius = ((int)Math.Round((8 * sigma) + 1) | 1) / 2;
        double[] kernel = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(x => Math.Exp(-0.5 * x * x / (sigma * sigma)))];
        double sum = kernel.Sum();
        return [.. kernel.Select(weight => weight / sum)];
    }

    // the position inside, where a mirrored plane without repeated edges goes on and on with period 2 (count - 1)
    private static int Mirror(int at, int count)
    {
        if (count == 1)
            return 0;
        int period = 2 * (count - 1), inside = Math.Abs(at) % period;
        return inside < count ? inside : period - inside;
    }
}
