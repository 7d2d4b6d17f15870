using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matting.Trainer.Torch.Functions;

/// <summary>How sixteen numbers lie in memory; arithmetic is in float32 whatever they are.</summary>
/// <typeparam name="T">One number as it is stored.</typeparam>
internal unsafe interface IElements<T>
    where T : unmanaged
{
    /// <summary>Reads sixteen numbers.</summary>
    static abstract Vector512<float> Load(T* source);

    /// <summary>Writes sixteen numbers.</summary>
    static abstract void Store(Vector512<float> values, T* target);
}

/// <summary>float32.</summary>
internal readonly unsafe struct Float32Elements : IElements<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, float* target) => values.Store(target);
}

/// <summary>bfloat16, the upper half of a float32; numbers are rounded to the nearest, ties to even, as PyTorch does.</summary>
internal readonly unsafe struct BFloat16Elements : IElements<ushort>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ushort* source)
    {
        Vector256<ushort> halves = Vector256.Load(source);
        Vector512<uint> words = Avx512F.IsSupported
            ? Avx512F.ConvertToVector512UInt32(halves)
            : Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves));
        return (words << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ushort* target)
    {
        Vector512<uint> bits = values.AsUInt32();
        Vector512<uint> rounded = bits + Vector512.Create(0x7FFFu) + ((bits >> 16) & Vector512<uint>.One);
        // rounding up a NaN could end in an infinity
        Vector512<uint> kept = Vector512.ConditionalSelect(Vector512.Equals(values, values).AsUInt32(), rounded, Vector512.Create(0x7FC00000u)) >> 16;
        Vector256<ushort> halves = Avx512F.IsSupported
            ? Avx512F.ConvertToVector256UInt16(kept)
            : Vector256.Narrow(kept.GetLower(), kept.GetUpper());
        halves.Store(target);
    }
}
