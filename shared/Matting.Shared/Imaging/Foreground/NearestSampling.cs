namespace Matting.Shared.Imaging.Foreground;

/// <summary>Nearest neighbours between levels: place x of n takes <c>floor(x * m / n)</c> of m.</summary>
internal static class NearestSampling
{
    public static int At(int place, int from, int to) => (int)((long)place * from / to);

    /// <summary>The column of the source for each column of the target.</summary>
    public static void Columns(int from, int to, Span<int> columns)
    {
        for (int x = 0; x < to; x++)
            columns[x] = At(x, from, to);
    }

    /// <summary>Takes a row's 8-bit levels, one in every <paramref name="step"/> bytes, as 0..1.</summary>
    public static void Levels(ReadOnlySpan<byte> row, int step, ReadOnlySpan<int> columns, Span<float> values)
    {
        columns = columns[..values.Length];
        for (int x = 0; x < values.Length; x++)
            values[x] = row[columns[x] * step] / 255f;
    }

    /// <summary>Takes a row's values.</summary>
    public static void Values(ReadOnlySpan<float> row, ReadOnlySpan<int> columns, Span<float> values)
    {
        columns = columns[..values.Length];
        for (int x = 0; x < values.Length; x++)
            values[x] = row[columns[x]];
    }
}
