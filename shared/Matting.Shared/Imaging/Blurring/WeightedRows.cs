using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matting.Shared.Imaging.Blurring;

/// <summary>Weighted sums of the rows of a plane, a place of <see cref="SampledGaussian"/> each.</summary>
internal static class WeightedRows
{
    /// <summary>Writes [places, width] sums of the [height, width] plane.</summary>
    internal static void Sum(ReadOnlySpan<float> plane, int width, SampledGaussian down, Span<float> sums)
    {
        int lanes = Vector<float>.Count, place = 0;
        // four places share every value that is read
        for (; place + 4 <= down.Places; place += 4)
        {
            int column = 0;
            for (; column + (2 * lanes) <= width; column += 2 * lanes)
                Four(plane, width, down, place, column, sums);
            for (; column < width; column++)
            {
                for (int one = place; one < place + 4; one++)
                    sums[(one * width) + column] = One(plane, width, down, one, column);
            }
        }
        for (; place < down.Places; place++)
        {
            for (int column = 0; column < width; column++)
                sums[(place * width) + column] = One(plane, width, down, place, column);
        }
    }

    private static float One(ReadOnlySpan<float> plane, int width, SampledGaussian down, int place, int column)
    {
        float sum = 0;
        for (int y = down.First(place); y < down.End(place); y++)
            sum += down.Weight(place, y) * plane[(y * width) + column];
        return sum;
    }

    // Two vectors of columns at four places: eight sums stay in registers. The caller has checked that the columns are inside.
    private static void Four(ReadOnlySpan<float> plane, int width, SampledGaussian down, int place, int column, Span<float> sums)
    {
        int first = Math.Min(Math.Min(down.First(place), down.First(place + 1)), Math.Min(down.First(place + 2), down.First(place + 3)));
        int end = Math.Max(Math.Max(down.End(place), down.End(place + 1)), Math.Max(down.End(place + 2), down.End(place + 3)));
        ref float source = ref Unsafe.Add(ref MemoryMarshal.GetReference(plane), column);
        Vector<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (int y = first; y < end; y++)
        {
            ref float row = ref Unsafe.Add(ref source, (nint)y * width);
            Vector<float> left = Vector.LoadUnsafe(ref row), right = Vector.LoadUnsafe(ref row, (nuint)Vector<float>.Count);
            Vector<float> a = new(down.Weight(place, y)), b = new(down.Weight(place + 1, y));
            Vector<float> c = new(down.Weight(place + 2, y)), d = new(down.Weight(place + 3, y));
            (a0, a1) = (Vector.MultiplyAddEstimate(a, left, a0), Vector.MultiplyAddEstimate(a, right, a1));
            (b0, b1) = (Vector.MultiplyAddEstimate(b, left, b0), Vector.MultiplyAddEstimate(b, right, b1));
            (c0, c1) = (Vector.MultiplyAddEstimate(c, left, c0), Vector.MultiplyAddEstimate(c, right, c1));
            (d0, d1) = (Vector.MultiplyAddEstimate(d, left, d0), Vector.MultiplyAddEstimate(d, right, d1));
        }
        Store(a0, a1, sums[((place * width) + column)..]);
        Store(b0, b1, sums[(((place + 1) * width) + column)..]);
        Store(c0, c1, sums[(((place + 2) * width) + column)..]);
        Store(d0, d1, sums[(((place + 3) * width) + column)..]);
    }

    private static void Store(Vector<float> left, Vector<float> right, Span<float> target)
    {
        left.CopyTo(target);
        right.CopyTo(target[Vector<float>.Count..]);
    }
}
