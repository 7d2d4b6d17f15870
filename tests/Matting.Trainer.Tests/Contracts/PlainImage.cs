namespace Matting.Trainer.Tests.Contracts;

/// <summary>A batch of images in plain doubles: the slow, obvious twin of the layers.</summary>
internal sealed class PlainImage(double[] values, int n, int c, int h, int w)
{
    public double[] Values => values;

    public (int N, int C, int H, int W) Size => (n, c, h, w);

    public double this[int i, int channel, int y, int x] => values[((i * c + channel) * h + y) * w + x];

    public static PlainImage Make(int n, int c, int h, int w, Func<int, int, int, int, double> value)
    {
        double[] values = [.. from i in Enumerable.Range(0, n) from k in Enumerable.Range(0, c) from y in Enumerable.Range(0, h) from x in Enumerable.Range(0, w) select value(i, k, y, x)];
        return new PlainImage(values, n, c, h, w);
    }

    /// <summary>Zero outside the image.</summary>
    public double Padded(int i, int channel, int y, int x) => y >= 0 && y < h && x >= 0 && x < w ? this[i, channel, y, x] : 0;

    /// <summary>Cross-correlation with a kernel [outputs, c / groups, k, k].</summary>
    public PlainImage Convolve(PlainImage kernel, double[] bias, int stride, int padding, int dilation, int groups)
    {
        (int outputs, int perGroup, int k, _) = kernel.Size;
        int height = (h + 2 * padding - dilation * (k - 1) - 1) / stride + 1;
        int width = (w + 2 * padding - dilation * (k - 1) - 1) / stride + 1;
        return Make(n, outputs, height, width, (i, o, y, x) =>
        {
            double sum = bias[o];
            int first = o / (outputs / groups) * perGroup;
            for (int m = 0; m < perGroup; m++)
                for (int ky = 0; ky < k; ky++)
                    for (int kx = 0; kx < k; kx++)
                        sum += kernel[o, m, ky, kx] * Padded(i, first + m, y * stride + ky * dilation - padding, x * stride + kx * dilation - padding);
            return sum;
        });
    }

    /// <summary>The value of every window: the window starts at the given multiples of the stride, less the padding.</summary>
    public PlainImage Windows(int k, int stride, int padding, bool ceil, Func<IEnumerable<double>, double> value)
    {
        return Make(n, c, Count(h), Count(w), (i, channel, y, x) => value(
            from ky in Enumerable.Range(y * stride - padding, k)
            from kx in Enumerable.Range(x * stride - padding, k)
            where ky >= 0 && ky < h && kx >= 0 && kx < w
            select this[i, channel, ky, kx]));

        int Count(int length)
        {
            int span = length + 2 * padding - k;
            int count = (ceil ? (span + stride - 1) / stride : span / stride) + 1;
            return ceil && (count - 1) * stride >= length + padding ? count - 1 : count;
        }
    }

    /// <summary>Linear interpolation between the two nearest pixels each way; a position beyond the edge is on it.</summary>
    public PlainImage Bilinear(int height, int width, bool alignCorners)
    {
        return Make(n, c, height, width, (i, channel, y, x) =>
        {
            (int y0, int y1, double fy) = Between(y, h, height);
            (int x0, int x1, double fx) = Between(x, w, width);
            double top = this[i, channel, y0, x0] * (1 - fx) + this[i, channel, y0, x1] * fx;
            double bottom = this[i, channel, y1, x0] * (1 - fx) + this[i, channel, y1, x1] * fx;
            return top * (1 - fy) + bottom * fy;
        });

        (int, int, double) Between(int position, int source, int target)
        {
            double at = alignCorners
                ? target == 1 ? 0 : position * (source - 1.0) / (target - 1)
                : Math.Max(0, (position + 0.5) * source / target - 0.5);
            int low = Math.Min((int)at, source - 1);
            return (low, Math.Min(low + 1, source - 1), at - low);
        }
    }
}
