namespace Matting.Testing;

/// <summary>A batch of feature maps, N x C x H x W, in double.</summary>
public sealed class ScalarMap
{
    public ScalarMap(int count, int channels, int height, int width)
    {
        (Count, Channels, Height, Width) = (count, channels, height, width);
        Values = new double[count * channels * height * width];
    }

    public int Count { get; }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>All numbers, row by row, map by map, image by image.</summary>
    public double[] Values { get; }

    public ref double this[int n, int c, int y, int x] => ref Values[(((n * Channels) + c) * Height + y) * Width + x];

    public Span<double> Row(int n, int c, int y) => Values.AsSpan((((n * Channels) + c) * Height + y) * Width, Width);

    public float[] ToFloat32() => [.. Values.Select(value => (float)value)];

    public static ScalarMap FromFloat32(ReadOnlySpan<float> values, int count, int channels, int height, int width)
    {
        ScalarMap map = new(count, channels, height, width);
        for (int i = 0; i < map.Values.Length; i++)
            map.Values[i] = values[i];
        return map;
    }

    /// <summary>A map whose every number is a function of its place.</summary>
    public static ScalarMap Of(int count, int channels, int height, int width, Func<int, int, int, int, double> value)
    {
        ScalarMap map = new(count, channels, height, width);
        for (int n = 0; n < count; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                        map[n, c, y, x] = value(n, c, y, x);
                }
            }
        }
        return map;
    }
}
