using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Regions;

/// <summary>Compares up to 64 values with a threshold at a time.</summary>
internal static class ThresholdBits
{
    /// <summary>Most values of one call.</summary>
    public const int Length = 64;

    /// <summary>Bit i is set where value i lies above the threshold; NaN never does.</summary>
    /// <param name="values">At most <see cref="Length"/>.</param>
    /// <param name="threshold">What a value must exceed.</param>
    public static ulong Above(ReadOnlySpan<float> values, float threshold)
    {
        ulong bits = 0;
        if (Vector256.IsHardwareAccelerated && values.Length == Length)
        {
            ref float first = ref MemoryMarshal.GetReference(values);
            Vector256<float> limit = Vector256.Create(threshold);
            for (int i = 0; i < Length; i += 8)
                bits |= (ulong)Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i), limit).ExtractMostSignificantBits() << i;
            return bits;
        }
        for (int i = 0; i < values.Length; i++)
            bits |= values[i] > threshold ? 1UL << i : 0;
        return bits;
    }
}
