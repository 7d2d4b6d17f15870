using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Matting.Shared.Weights;

/// <summary>Vectorised conversions of raw little-endian elements.</summary>
internal static class ElementConversion
{
    /// <summary>Converts elements to float32; both spans hold the same number of elements.</summary>
    public static void ToFloat32(ElementType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (type)
        {
            case ElementType.Float32:
                source.CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), destination);
                break;
            case ElementType.BFloat16:
                WidenBFloat16(MemoryMarshal.Cast<byte, ushort>(source), MemoryMarshal.Cast<float, uint>(destination));
                break;
            case ElementType.Float64:
                Convert<double>(source, destination);
                break;
            case ElementType.Int64:
                Convert<long>(source, destination);
                break;
            case ElementType.Int32:
                Convert<int>(source, destination);
                break;
            case ElementType.Int16:
                Convert<short>(source, destination);
                break;
            case ElementType.Int8:
                Convert<sbyte>(source, destination);
                break;
            case ElementType.UInt8:
                Convert<byte>(source, destination);
                break;
            case ElementType.Bool:
                // any byte but 0 counts as true, as in PyTorch
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = source[i] != 0 ? 1 : 0;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "is not an element type");
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> source, Span<float> destination)
        where T : unmanaged, System.Numerics.INumberBase<T> =>
        TensorPrimitives.ConvertTruncating<T, float>(MemoryMarshal.Cast<byte, T>(source), destination);

    // a bfloat16 is the upper half of a single
    private static void WidenBFloat16(ReadOnlySpan<ushort> source, Span<uint> destination)
    {
        TensorPrimitives.ConvertTruncating<ushort, uint>(source, destination);
        TensorPrimitives.ShiftLeft(destination, 16, destination);
    }
}
