using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Imaging;

/// <summary>From 0..1 to 8 bits, by truncation everywhere: <c>trunc(255 * clamp(x, 0, 1))</c> in float32.</summary>
public static class Quantise
{
    /// <summary>Quantises values; what is below 0 (or not a number) becomes 0, what is above 1 becomes 255.</summary>
    /// <param name="values">Values, nominally 0..1.</param>
    /// <param name="levels">Receives as many levels.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Truncate(ReadOnlySpan<float> values, Span<byte> levels)
    {
        if (values.Length != levels.Length)
            throw new ArgumentException($"{values.Length} values do not fit {levels.Length} levels", nameof(levels));
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref float source = ref MemoryMarshal.GetReference(values);
            ref byte target = ref MemoryMarshal.GetReference(levels);
            for (; done + 32 <= values.Length; done += 32)
            {
                Vector256<int> a = Level(Vector256.LoadUnsafe(ref source, (nuint)done));
                Vector256<int> b = Level(Vector256.LoadUnsafe(ref source, (nuint)done + 8));
                Vector256<int> c = Level(Vector256.LoadUnsafe(ref source, (nuint)done + 16));
                Vector256<int> d = Level(Vector256.LoadUnsafe(ref source, (nuint)done + 24));
                Vector256.Narrow(Vector256.Narrow(a, b).AsUInt16(), Vector256.Narrow(c, d).AsUInt16()).StoreUnsafe(ref target, (nuint)done);
            }
        }
        for (; done < values.Length; done++)
            levels[done] = Truncate(values[done]);
    }

    /// <summary>Quantises one value; see <see cref="Truncate(ReadOnlySpan{float}, Span{byte})"/>.</summary>
    /// <param name="value">A value, nominally 0..1.</param>
    public static byte Truncate(float value) => value >= 1f ? (byte)255 : value > 0f ? (byte)(255f * value) : (byte)0;

    // Comparisons with a NaN are false, so masking with "above 0" makes it 0 as in the scalar twin.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Level(Vector256<float> value)
    {
        Vector256<float> positive = value & Vector256.GreaterThan(value, Vector256<float>.Zero);
        return Vector256.ConvertToInt32(Vector256.Min(positive, Vector256<float>.One) * 255f);
    }
}
