using System.Numerics;
using System.Runtime.InteropServices;

namespace Matting.Shared.Metrics;

/// <summary>The sums behind MSE, MAD and SAD; the caller has checked the lengths.</summary>
internal static class DifferenceSums
{
    /// <summary>Sum of |p - t| and of (p - t)^2. Differences are taken in float32 as everywhere else, all sums in double.</summary>
    public static (double Absolute, double Squared) Of(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth)
    {
        ref float predictions = ref MemoryMarshal.GetReference(prediction);
        ref float truths = ref MemoryMarshal.GetReference(truth);
        Vector<double> absolutes = Vector<double>.Zero, squares = Vector<double>.Zero;
        int i = 0;
        for (; i + Vector<float>.Count <= prediction.Length; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref predictions, (nuint)i) - Vector.LoadUnsafe(ref truths, (nuint)i), out Vector<double> low, out Vector<double> high);
            absolutes += Vector.Abs(low) + Vector.Abs(high);
            squares += (low * low) + (high * high);
        }
        (double absolute, double squared) = (Vector.Sum(absolutes), Vector.Sum(squares));
        for (; i < prediction.Length; i++)
        {
            double difference = prediction[i] - truth[i];
            absolute += Math.Abs(difference);
            squared += difference * difference;
        }
        return (absolute, squared);
    }
}
