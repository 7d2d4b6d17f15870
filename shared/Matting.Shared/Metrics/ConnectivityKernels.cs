using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matting.Shared.Metrics;

/// <summary>Inner loop of <see cref="ConnectivityError"/>; the caller has checked the lengths.</summary>
internal static class ConnectivityKernels
{
    // smaller distances from the source region go unseen
    private const float Theta = 0.15f;

    /// <summary>Sum of |phi(p) - phi(t)| over a row.</summary>
    internal static double SumOfDifferences(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, ReadOnlySpan<float> levels)
    {
        ref float predictions = ref MemoryMarshal.GetReference(prediction);
        ref float truths = ref MemoryMarshal.GetReference(truth);
        ref float reached = ref MemoryMarshal.GetReference(levels);
        Vector<float> sums = Vector<float>.Zero;
        int x = 0;
        for (; x + Vector<float>.Count <= levels.Length; x += Vector<float>.Count)
        {
            Vector<float> level = Vector.LoadUnsafe(ref reached, (nuint)x);
            sums += Vector.Abs(Distance(Vector.LoadUnsafe(ref predictions, (nuint)x) - level) - Distance(Vector.LoadUnsafe(ref truths, (nuint)x) - level));
        }
        double sum = Vector.Sum(sums);
        for (; x < levels.Length; x++)
            sum += Math.Abs(Distance(prediction[x] - levels[x]) - Distance(truth[x] - levels[x]));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Distance(Vector<float> d) =>
        Vector.ConditionalSelect(Vector.GreaterThanOrEqual(d, new Vector<float>(Theta)), d, Vector<float>.Zero);

    private static float Distance(float d) => d >= Theta ? d : 0;
}
