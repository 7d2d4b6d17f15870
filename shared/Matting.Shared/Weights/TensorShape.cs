using System.Globalization;
using System.Text;

namespace Matting.Shared.Weights;

/// <summary>Arithmetic on shapes that come out of untrusted files: nothing overflows silently.</summary>
internal static class TensorShape
{
    /// <summary>The product of the sizes; false when one is negative or the product leaves 63 bits.</summary>
    public static bool TryCountElements(ReadOnlySpan<long> shape, out long count)
    {
        count = 0;
        bool empty = false;
        foreach (long size in shape)
        {
            if (size < 0)
                return false;
            empty |= size == 0;
        }
        // an empty tensor may have any other sizes: their product is never formed
        if (empty)
            return true;
        Int128 product = 1;
        foreach (long size in shape)
        {
            product *= size;
            if (product > long.MaxValue)
                return false;
        }
        count = (long)product;
        return true;
    }

    /// <summary>The strides of C order, in elements; those of an empty tensor, which matter to nobody, may be cut at 2^63-1.</summary>
    public static long[] ContiguousStrides(ReadOnlySpan<long> shape)
    {
        long[] strides = new long[shape.Length];
        Int128 stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = (long)stride;
            stride = Int128.Min(stride * Math.Max(shape[i], 1), long.MaxValue);
        }
        return strides;
    }

    /// <summary>Python's way of printing a list: <c>[64, 3, 3, 3]</c>.</summary>
    public static string Format(ReadOnlySpan<long> shape)
    {
        StringBuilder text = new("[");
        for (int i = 0; i < shape.Length; i++)
            text.Append(i == 0 ? "" : ", ").Append(shape[i].ToString(CultureInfo.InvariantCulture));
        return text.Append(']').ToString();
    }
}
