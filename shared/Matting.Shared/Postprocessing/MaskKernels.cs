using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Postprocessing;

/// <summary>Inner loop of <see cref="ComponentPostprocess"/>; the caller has checked the lengths.</summary>
internal static class MaskKernels
{
    /// <summary>Copies the values whose count is not 0; the others, and what is not a number, become 0.</summary>
    internal static void KeepCovered(ReadOnlySpan<float> values, ReadOnlySpan<byte> counts, Span<float> result)
    {
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref float source = ref MemoryMarshal.GetReference(values);
            ref byte count = ref MemoryMarshal.GetReference(counts);
            ref float target = ref MemoryMarshal.GetReference(result);
            for (; done + 32 <= values.Length; done += 32)
            {
                // all ones or all zeros; sign extension keeps them so in 32 bits
                Vector256<byte> covered = ~Vector256.Equals(Vector256.LoadUnsafe(ref count, (nuint)done), Vector256<byte>.Zero);
                (Vector256<short> low, Vector256<short> high) = Vector256.Widen(covered.AsSByte());
                (Vector256<int> a, Vector256<int> b) = Vector256.Widen(low);
                (Vector256<int> c, Vector256<int> d) = Vector256.Widen(high);
                Keep(ref source, a, ref target, done);
                Keep(ref source, b, ref target, done + 8);
                Keep(ref source, c, ref target, done + 16);
                Keep(ref source, d, ref target, done + 24);
            }
        }
        for (; done < values.Length; done++)
            result[done] = counts[done] != 0 && !float.IsNaN(values[done]) ? values[done] : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(ref float source, Vector256<int> mask, ref float target, int at)
    {
        Vector256<float> value = Vector256.LoadUnsafe(ref source, (nuint)at);
        // a NaN does not equal itself
        (value & mask.AsSingle() & Vector256.Equals(value, value)).StoreUnsafe(ref target, (nuint)at);
    }
}
