using System.Globalization;
using Xunit;

namespace Matting.Testing;

/// <summary>Comparisons of arrays that say where and by how much they differ.</summary>
public static class Near
{
    /// <summary>Fails unless |actual - expected| &lt;= absolute + relative * |expected| for every element.</summary>
    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double absolute, double relative = 0, string what = "array")
    {
        Assert.Equal(expected.Length, actual.Length);
        int worst = -1;
        double worstExcess = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i].Equals(actual[i]))
                continue;
            double excess = Math.Abs((double)actual[i] - expected[i]) - (absolute + relative * Math.Abs((double)expected[i]));
            if (double.IsNaN(excess))
                excess = double.PositiveInfinity;
            if (excess > worstExcess)
                (worst, worstExcess) = (i, excess);
        }
        if (worst >= 0)
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture,
                $"{what}: element {worst} of {expected.Length} is {actual[worst]:R}, expected {expected[worst]:R} (tolerance {absolute:R} + {relative:R} * |expected|)"));
        }
    }

    /// <summary>Fails unless both hold the same bytes; names the first that differs and how many do.</summary>
    public static void AssertSameBytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what = "array")
    {
        Assert.Equal(expected.Length, actual.Length);
        int first = expected.CommonPrefixLength(actual);
        if (first == expected.Length)
            return;
        int different = 0;
        for (int i = first; i < expected.Length; i++)
            different += expected[i] == actual[i] ? 0 : 1;
        Assert.Fail($"{what}: {different} of {expected.Length} bytes differ, first at {first}: {actual[first]}, expected {expected[first]}");
    }

    /// <summary>The largest |a - b|.</summary>
    public static double MaxDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Assert.Equal(a.Length, b.Length);
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
            largest = Math.Max(largest, Math.Abs((double)a[i] - b[i]));
        return largest;
    }
}
