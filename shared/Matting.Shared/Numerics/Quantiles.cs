using System.Numerics.Tensors;

namespace Matting.Shared.Numerics;

/// <summary>Quantiles without sorting.</summary>
public static class Quantiles
{
    // a sample of fewer values would not repay its own selection
    private const int SampleAbove = 600;

    /// <summary>
    /// The value below which a share of all values lies, interpolated linearly between order statistics: position
    /// <c>share * (n - 1)</c> of the sorted values, as NumPy's default method.
    /// </summary>
    /// <param name="values">At least one number, none of them NaN; their order is lost.</param>
    /// <param name="share">0 (the smallest) to 1 (the largest).</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in 0..1.</exception>
    public static double Linear(Span<float> values, double share)
    {
        if (values.IsEmpty)
            throw new ArgumentException("there is no quantile of nothing", nameof(values));
        if (!(share >= 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "a share is between 0 and 1");
        double position = share * (values.Length - 1);
        int below = (int)position;
        float low = Select(values, below);
        if (below + 1 == values.Length)
            return low;
        // everything behind is at least as large, its smallest is the next in order
        float high = TensorPrimitives.Min<float>(values[(below + 1)..]);
        return low + (((double)high - low) * (position - below));
    }

    // Hoare's selection: partitions until the wanted rank is alone; smaller values end up before it, larger behind.
    private static float Select(Span<float> values, int rank)
    {
        int first = 0, last = values.Length - 1;
        while (first < last)
        {
            if (last - first > SampleAbove)
                PlacePivot(values, first, last, rank);
            float pivot = last - first > SampleAbove ? values[rank] : MedianOfThree(values[first], values[first + ((last - first) / 2)], values[last]);
            int i = first, j = last;
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i > j)
                    break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }
            if (rank <= j)
                last = j;
            else if (rank >= i)
                first = i;
            else
                break;
        }
        return values[rank];
    }

    // Floyd and Rivest (1975): of the values around the rank, a small sample is selected from first, at a place a little towards the middle of
    // the range. Its value splits off nearly all that is not wanted, and the processor can guess the outcome of most comparisons.
    private static void PlacePivot(Span<float> values, int first, int last, int rank)
    {
        double count = last - first + 1, before = rank - first + 1, logarithm = Math.Log(count);
        double size = 0.5 * Math.Exp(2 * logarithm / 3);
        double margin = 0.5 * Math.Sqrt(logarithm * size * (count - size) / count) * Math.Sign(before - (count / 2));
        int from = (int)Math.Max(first, rank - (before * size / count) + margin);
        int to = (int)Math.Min(last, rank + ((count - before) * size / count) + margin);
        Select(values[from..(to + 1)], rank - from);
    }

    private static float MedianOfThree(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
