namespace Matting.Shared.Imaging.Resizing;

/// <summary>
/// The coefficients of a one-dimensional resize: for each output position the first input position, the number of taps and
/// the fixed-point weights. A weight has 22 fractional bits and is stored as two parts, <c>weight = high * 256 + low</c>,
/// neighbouring taps paired in one 32-bit word, because the SIMD kernels multiply pairs of 16-bit numbers.
/// </summary>
internal sealed class ResizeWeights
{
    /// <summary>Fractional bits of a weight: 32 minus 8 bits of a pixel minus 2 bits of head room.</summary>
    internal const int FractionBits = 32 - 8 - 2;

    /// <summary>Bits in the low part of a weight: the high part then fits a signed 16-bit number (at most 2^14).</summary>
    internal const int LowBits = 8;

    private readonly int[] _high;
    private readonly int[] _low;

    private ResizeWeights(int outputs, int maxTaps)
    {
        MaxTaps = maxTaps;
        // an even number of pairs, since the grey kernel takes two pairs at a time
        PairsPerOutput = (maxTaps + 3) / 4 * 2;
        Starts = new int[outputs];
        Taps = new int[outputs];
        _high = new int[checked(outputs * PairsPerOutput)];
        _low = new int[outputs * PairsPerOutput];
    }

    /// <summary>Words per output position; those behind the last tap are 0.</summary>
    internal int PairsPerOutput { get; }

    /// <summary>The largest number of taps of any output position.</summary>
    internal int MaxTaps { get; }

    /// <summary>First input position of each output position.</summary>
    internal int[] Starts { get; }

    /// <summary>Number of taps of each output position, at least 1.</summary>
    internal int[] Taps { get; }

    /// <summary>The high parts for one output position, two taps a word (the earlier one in the lower half).</summary>
    internal ReadOnlySpan<int> HighOf(int output) => _high.AsSpan(output * PairsPerOutput, PairsPerOutput);

    /// <summary>The low parts, arranged in the same way.</summary>
    internal ReadOnlySpan<int> LowOf(int output) => _low.AsSpan(output * PairsPerOutput, PairsPerOutput);

    /// <summary>The triangle filter for a change from one size to another.</summary>
    internal static ResizeWeights Triangle(int inputs, int outputs)
    {
        double scale = (double)inputs / outputs;
        double filterScale = Math.Max(scale, 1.0);
        double support = filterScale; // the triangle's own support is 1
        int maxTaps = (int)Math.Min(((long)Math.Ceiling(support) * 2) + 1, inputs);
        ResizeWeights weights = new(outputs, maxTaps);
        double[] taps = new double[maxTaps];
        double inverse = 1.0 / filterScale;
        for (int output = 0; output < outputs; output++)
        {
            double centre = (output + 0.5) * scale;
            // casts truncate towards zero, as the reference does, before the clamp to the picture
            int first = Math.Max((int)(centre - support + 0.5), 0);
            int count = Math.Min((int)(centre + support + 0.5), inputs) - first;
            double sum = 0.0;
            for (int tap = 0; tap < count; tap++)
            {
                double distance = Math.Abs((tap + first - centre + 0.5) * inverse);
                double weight = distance < 1.0 ? 1.0 - distance : 0.0;
                taps[tap] = weight;
                sum += weight;
            }
            weights.Store(output, first, taps.AsSpan(0, count), sum);
        }
        return weights;
    }

    private void Store(int output, int first, ReadOnlySpan<double> taps, double sum)
    {
        Starts[output] = first;
        Taps[output] = taps.Length;
        Span<int> high = _high.AsSpan(output * PairsPerOutput, PairsPerOutput);
        Span<int> low = _low.AsSpan(output * PairsPerOutput, PairsPerOutput);
        for (int tap = 0; tap < taps.Length; tap++)
        {
            double normalised = sum != 0.0 ? taps[tap] / sum : taps[tap];
            int weight = (int)(0.5 + (normalised * (1 << FractionBits)));
            int half = 16 * (tap & 1);
            high[tap / 2] |= (weight >> LowBits) << half;
            low[tap / 2] |= (weight & ((1 << LowBits) - 1)) << half;
        }
    }
}
