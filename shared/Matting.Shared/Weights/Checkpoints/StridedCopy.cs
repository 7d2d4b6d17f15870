using System.Runtime.InteropServices;

namespace Matting.Shared.Weights.Checkpoints;

/// <summary>Copies elements that lie at strides into C order.</summary>
internal static class StridedCopy
{
    /// <summary>Whether elements with these strides lie in C order without gaps (sizes of 0 and 1 ask nothing of their stride).</summary>
    public static bool IsContiguous(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        if (shape.Contains(0))
            return true;
        long expected = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] == 1)
                continue;
            if (strides[i] != expected)
                return false;
            expected *= shape[i];
        }
        return true;
    }

    /// <summary>Gathers elements; the caller has checked that all of them lie in the source.</summary>
    /// <param name="source">Begins with the first element of the tensor.</param>
    /// <param name="destination">Receives the elements in C order.</param>
    /// <param name="elementSize">1, 2, 4 or 8 bytes.</param>
    /// <param name="shape">Sizes of the dimensions, none 0, at least one dimension.</param>
    /// <param name="strides">Steps between neighbours, in elements.</param>
    public static void Gather(
        ReadOnlySpan<byte> source, Span<byte> destination, int elementSize, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        switch (elementSize)
        {
            case 1:
                Gather<byte>(source, destination, shape, strides);
                break;
            case 2:
                Gather<ushort>(source, destination, shape, strides);
                break;
            case 4:
                Gather<uint>(source, destination, shape, strides);
                break;
            case 8:
                Gather<ulong>(source, destination, shape, strides);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(elementSize), elementSize, "is not a size of an element");
        }
    }

    private static void Gather<T>(
        ReadOnlySpan<byte> sourceBytes, Span<byte> destinationBytes, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
        where T : unmanaged
    {
        ReadOnlySpan<T> source = MemoryMarshal.Cast<byte, T>(sourceBytes);
        Span<T> destination = MemoryMarshal.Cast<byte, T>(destinationBytes);
        int row = (int)shape[^1];
        int step = (int)strides[^1];
        Span<long> index = stackalloc long[shape.Length - 1];
        index.Clear();
        int from = 0;
        for (; destination.Length > 0; destination = destination[row..])
        {
            Row(source[from..], destination[..row], step);
            from = Advance(index, from, shape, strides);
        }
    }

    private static void Row<T>(ReadOnlySpan<T> source, Span<T> destination, int step)
        where T : unmanaged
    {
        if (step == 1)
            source[..destination.Length].CopyTo(destination);
        else if (step == 0)
            destination.Fill(source[0]);
        else
        {
            for (int i = 0, at = 0; i < destination.Length; i++, at += step)
                destination[i] = source[at];
        }
    }

    // an odometer over all dimensions but the last; gives where the next row begins
    private static int Advance(Span<long> index, int from, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        for (int i = index.Length - 1; i >= 0; i--)
        {
            if (++index[i] < shape[i])
                return from + (int)strides[i];
            from -= (int)((shape[i] - 1) * strides[i]);
            index[i] = 0;
        }
        return from;
    }
}
