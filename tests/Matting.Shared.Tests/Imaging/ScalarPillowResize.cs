using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

/// <summary>The obvious twin of <see cref="PillowResize"/>: two plain passes over whole pictures, one multiplication at a time.</summary>
internal static class ScalarPillowResize
{
    private const int FractionBits = 22;

    internal static PixelImage Bilinear(PixelImage source, int width, int height)
    {
        PixelImage image = source;
        if (width != image.Width)
            image = Pass(image, width, image.Height, alongX: true);
        if (height != image.Height)
            image = Pass(image, image.Width, height, alongX: false);
        return image;
    }

    private static PixelImage Pass(PixelImage source, int width, int height, bool alongX)
    {
        PixelImage result = new(width, height, source.Channels);
        int inputs = alongX ? source.Width : source.Height;
        int outputs = alongX ? width : height;
        for (int output = 0; output < outputs; output++)
        {
            (int first, int[] weights) = Weights(inputs, outputs, output);
            for (int other = 0; other < (alongX ? height : width); other++)
            {
                for (int c = 0; c < source.Channels; c++)
                {
                    int sum = 1 << (FractionBits - 1);
                    for (int tap = 0; tap < weights.Length; tap++)
                    {
                        (int x, int y) = alongX ? (first + tap, other) : (other, first + tap);
                        sum += source.Pixels[(((y * source.Width) + x) * source.Channels) + c] * weights[tap];
                    }
                    (int outX, int outY) = alongX ? (output, other) : (other, output);
                    result.Pixels[(((outY * width) + outX) * source.Channels) + c] = (byte)Math.Clamp(sum >> FractionBits, 0, 255);
                }
            }
        }
        return result;
    }

    private static (int First, int[] Weights) Weights(int inputs, int outputs, int output)
    {
        double scale = (double)inputs / outputs;
        double support = Math.Max(scale, 1.0);
        double centre = (output + 0.5) * scale;
        int first = Math.Max(0, (int)(centre - support + 0.5));
        int end = Math.Min(inputs, (int)(centre + support + 0.5));
        double[] triangle = [.. Enumerable.Range(first, end - first).Select(i => Math.Max(0.0, 1.0 - Math.Abs((i - centre + 0.5) * (1.0 / support))))];
        double sum = 0;
        foreach (double weight in triangle)
            sum += weight;
        return (first, [.. triangle.Select(weight => (int)(0.5 + (weight / sum * (1 << FractionBits))))]);
    }
}
