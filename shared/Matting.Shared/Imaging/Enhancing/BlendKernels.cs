using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Imaging.Enhancing;

/// <summary>Inner loops of <see cref="PillowEnhance"/>; the callers have checked the lengths.</summary>
internal static class BlendKernels
{
    // bytes a step; widened they are four vectors of eight floats
    private const int Step = 32;

    /// <summary>Blends every byte with one level.</summary>
    internal static void WithLevel(ReadOnlySpan<byte> pixels, byte level, float factor, Span<byte> result)
    {
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref byte target = ref MemoryMarshal.GetReference(result);
        Vector256<byte> flat = Vector256.Create(level);
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done + Step <= pixels.Length; done += Step)
                Blend(flat, Vector256.LoadUnsafe(ref source, (nuint)done), factor).StoreUnsafe(ref target, (nuint)done);
        }
        for (; done < pixels.Length; done++)
            result[done] = Blend(level, pixels[done], factor);
    }

    /// <summary>Blends every byte with a byte of its own.</summary>
    internal static void WithPixels(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> bases, float factor, Span<byte> result)
    {
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref byte other = ref MemoryMarshal.GetReference(bases);
        ref byte target = ref MemoryMarshal.GetReference(result);
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done + Step <= pixels.Length; done += Step)
                Blend(Vector256.LoadUnsafe(ref other, (nuint)done), Vector256.LoadUnsafe(ref source, (nuint)done), factor).StoreUnsafe(ref target, (nuint)done);
        }
        for (; done < pixels.Length; done++)
            result[done] = Blend(bases[done], pixels[done], factor);
    }

    /// <summary>Writes every level three times.</summary>
    internal static void Triple(ReadOnlySpan<byte> grey, Span<byte> rgb)
    {
        int done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte source = ref MemoryMarshal.GetReference(grey);
            ref byte target = ref MemoryMarshal.GetReference(rgb);
            Vector128<byte> first = Vector128.Create((byte)0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5);
            Vector128<byte> second = Vector128.Create((byte)5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10);
            Vector128<byte> third = Vector128.Create((byte)10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 14, 15, 15, 15);
            for (; done + 16 <= grey.Length; done += 16)
            {
                Vector128<byte> levels = Vector128.LoadUnsafe(ref source, (nuint)done);
                nuint at = 3 * (nuint)done;
                Vector128.Shuffle(levels, first).StoreUnsafe(ref target, at);
                Vector128.Shuffle(levels, second).StoreUnsafe(ref target, at + 16);
                Vector128.Shuffle(levels, third).StoreUnsafe(ref target, at + 32);
            }
        }
        for (; done < grey.Length; done++)
            (rgb[3 * done], rgb[(3 * done) + 1], rgb[(3 * done) + 2]) = (grey[done], grey[done], grey[done]);
    }

    /// <summary>The sum of all levels.</summary>
    internal static long Sum(ReadOnlySpan<byte> levels)
    {
        long sum = 0;
        int done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte source = ref MemoryMarshal.GetReference(levels);
            Vector128<ulong> sums = Vector128<ulong>.Zero;
            for (; done + 16 <= levels.Length; done += 16)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)done));
                (Vector128<uint> a, Vector128<uint> b) = Vector128.Widen(low + high);
                (Vector128<ulong> c, Vector128<ulong> d) = Vector128.Widen(a + b);
                sums += c + d;
            }
            sum = (long)Vector128.Sum(sums);
        }
        for (; done < levels.Length; done++)
            sum += levels[done];
        return sum;
    }

    // The comparisons also keep what exceeds an int out of the conversion.
    private static byte Blend(byte level, byte pixel, float factor)
    {
        float blended = level + (factor * (pixel - level));
        return blended <= 0 ? (byte)0 : blended >= 255 ? (byte)255 : (byte)blended;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Blend(Vector256<byte> level, Vector256<byte> pixel, float factor)
    {
        (Vector256<ushort> levelLow, Vector256<ushort> levelHigh) = Vector256.Widen(level);
        (Vector256<ushort> pixelLow, Vector256<ushort> pixelHigh) = Vector256.Widen(pixel);
        return Vector256.Narrow(Blend(levelLow, pixelLow, factor), Blend(levelHigh, pixelHigh, factor));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Blend(Vector256<ushort> level, Vector256<ushort> pixel, float factor)
    {
        (Vector256<int> levelLow, Vector256<int> levelHigh) = Vector256.Widen(level.AsInt16());
        (Vector256<int> pixelLow, Vector256<int> pixelHigh) = Vector256.Widen(pixel.AsInt16());
        return Vector256.Narrow(Blend(levelLow, pixelLow, factor), Blend(levelHigh, pixelHigh, factor)).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Blend(Vector256<int> level, Vector256<int> pixel, float factor)
    {
        Vector256<float> blended = Vector256.ConvertToSingle(level) + (Vector256.ConvertToSingle(pixel - level) * factor);
        return Vector256.ConvertToInt32(Vector256.Min(Vector256.Max(blended, Vector256<float>.Zero), Vector256.Create(255f)));
    }
}
