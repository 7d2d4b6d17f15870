using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matting.Shared.Imaging.Foreground;

/// <summary>Nearest neighbours between levels: place x of n takes <c>floor(x * m / n)</c> of m.</summary>
internal static class NearestSampling
{
    /// <summary>The column of the source for each column of the target.</summary>
    public static void Columns(int from, int to, Span<int> columns)
    {
        for (int x = 0; x < to; x++)
            columns[x] = At(x, from, to);
    }

    /// <summary>Samples a plane; <paramref name="columns"/> are those of <see cref="Columns"/>.</summary>
    public static void Plane(ReadOnlySpan<float> source, LevelSize from, ReadOnlySpan<int> columns, LevelSize to, Span<float> target)
    {
        int last = -1;
        for (int y = 0; y < to.Height; y++)
        {
            int row = At(y, from.Height, to.Height);
            Span<float> values = target.Slice(y * to.Width, to.Width);
            // an enlargement takes a row several times
            if (row == last)
                target.Slice((y - 1) * to.Width, to.Width).CopyTo(values);
            else
                Values(source.Slice(row * from.Width, from.Width), columns[..to.Width], values);
            last = row;
        }
    }

    private static int At(int place, int from, int to) => (int)((long)place * from / to);

    // the columns lie inside the row, as Columns makes them
    private static unsafe void Values(ReadOnlySpan<float> row, ReadOnlySpan<int> columns, Span<float> values)
    {
        int x = 0;
        if (Avx2.IsSupported)
        {
            ref int column = ref MemoryMarshal.GetReference(columns);
            fixed (float* first = row)
            {
                for (; x + Vector256<int>.Count <= values.Length; x += Vector256<int>.Count)
                    Avx2.GatherVector256(first, Vector256.LoadUnsafe(ref column, (nuint)x), sizeof(float)).CopyTo(values[x..]);
            }
        }
        for (; x < values.Length; x++)
            values[x] = row[columns[x]];
    }
}
