using System.Numerics;
using System.Runtime.InteropServices;

namespace Matting.Shared.Metrics;

/// <summary>Sums over the differences of levels.</summary>
/// <param name="Absolute">Sum of |a - b|.</param>
/// <param name="Squared">Sum of (a - b)^2.</param>
/// <param name="Maximum">The largest |a - b|.</param>
/// <param name="Equal">How many are equal.</param>
internal readonly record struct LevelSums(long Absolute, long Squared, int Maximum, long Equal);

/// <summary>The inner loop of <see cref="AlphaDifference"/>; the caller has checked the lengths.</summary>
internal static class LevelDifferences
{
    // a lane takes four squares of at most 255^2 a turn and must stay below 2^32
    private const int TurnsOfLane = 16_000;

    public static LevelSums Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        LevelSums sums = default;
        int i = 0;
        int block = TurnsOfLane * Vector<byte>.Count;
        for (; i + Vector<byte>.Count <= first.Length;)
        {
            int length = Math.Min(block, (first.Length - i) / Vector<byte>.Count * Vector<byte>.Count);
            sums = Join(sums, Block(first.Slice(i, length), second.Slice(i, length)));
            i += length;
        }
        return Join(sums, Scalar(first[i..], second[i..]));
    }

    /// <summary>The same in a plain loop.</summary>
    internal static LevelSums Scalar(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        LevelSums sums = default;
        for (int i = 0; i < first.Length; i++)
        {
            int difference = Math.Abs(first[i] - second[i]);
            sums = Join(sums, new LevelSums(difference, difference * difference, difference, difference == 0 ? 1 : 0));
        }
        return sums;
    }

    private static LevelSums Block(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ref byte left = ref MemoryMarshal.GetReference(first);
        ref byte right = ref MemoryMarshal.GetReference(second);
        Vector<uint> absolute = default, squared = default, unequal = default;
        Vector<byte> maximum = default;
        for (nuint i = 0; i < (nuint)first.Length; i += (nuint)Vector<byte>.Count)
        {
            Vector<byte> a = Vector.LoadUnsafe(ref left, i), b = Vector.LoadUnsafe(ref right, i);
            Vector<byte> difference = Vector.Max(a, b) - Vector.Min(a, b);
            maximum = Vector.Max(maximum, difference);
            Vector.Widen(difference, out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(Vector.Min(difference, Vector<byte>.One), out Vector<ushort> lowCount, out Vector<ushort> highCount);
            absolute += Wide(low + high);
            unequal += Wide(lowCount + highCount);
            squared += Wide(low * low) + Wide(high * high);
        }
        int largest = 0;
        for (int lane = 0; lane < Vector<byte>.Count; lane++)
            largest = Math.Max(largest, maximum[lane]);
        return new LevelSums(Sum(absolute), Sum(squared), largest, first.Length - Sum(unequal));
    }

    private static Vector<uint> Wide(Vector<ushort> values)
    {
        Vector.Widen(values, out Vector<uint> low, out Vector<uint> high);
        return low + high;
    }

    private static long Sum(Vector<uint> lanes)
    {
        Vector.Widen(lanes, out Vector<ulong> low, out Vector<ulong> high);
        return (long)Vector.Sum(low + high);
    }

    private static LevelSums Join(LevelSums a, LevelSums b) =>
        new(a.Absolute + b.Absolute, a.Squared + b.Squared, Math.Max(a.Maximum, b.Maximum), a.Equal + b.Equal);
}
