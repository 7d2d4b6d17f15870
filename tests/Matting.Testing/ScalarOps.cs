using System.Numerics.Tensors;
using Matting.Shared.Networks;
using Matting.Shared.Weights;

namespace Matting.Testing;

/// <summary>
/// The slow and obvious interpreter: evaluation mode, everything in double, straight from
/// each operation's definition. It judges the engines on small inputs.
/// </summary>
public sealed class ScalarOps(StateDict weights) : ITensorOps<ScalarMap>
{
    public ScalarMap Conv2d(ScalarMap x, string name, Conv2dSpec spec)
    {
        double[] kernel = Parameter($"{name}.weight");
        double[] bias = spec.Bias ? Parameter($"{name}.bias") : new double[spec.OutChannels];
        int inputs = x.Channels / spec.Groups;
        int outputs = spec.OutChannels / spec.Groups;
        int padded = x.Width + 2 * spec.Padding;
        int rows = x.Height + 2 * spec.Padding - spec.Dilation * (spec.Kernel - 1);
        int columns = padded - spec.Dilation * (spec.Kernel - 1);

        // the windows of stride 1 on padded planes: one multiply-add of planes for each tap of each kernel
        double[][] sums = [.. Enumerable.Range(0, x.Count * spec.OutChannels).Select(_ => new double[rows * padded])];
        int length = (rows - 1) * padded + columns;
        for (int n = 0; n < x.Count; n++)
        {
            double[][] planes = [.. Enumerable.Range(0, x.Channels).Select(channel => Pad(x, n, channel, spec.Padding))];
            for (int tap = 0; tap < kernel.Length; tap++)
            {
                (int c, int rest) = Math.DivRem(tap, inputs * spec.Kernel * spec.Kernel);
                (int input, int place) = Math.DivRem(rest, spec.Kernel * spec.Kernel);
                (int ky, int kx) = Math.DivRem(place, spec.Kernel);
                Span<double> sum = sums[n * spec.OutChannels + c].AsSpan(0, length);
                double[] plane = planes[c / outputs * inputs + input];
                TensorPrimitives.MultiplyAdd(plane.AsSpan((ky * padded + kx) * spec.Dilation, length), kernel[tap], sum, sum);
            }
        }

        // of those, every stride-th
        return ScalarMap.Of(x.Count, spec.OutChannels, (rows - 1) / spec.Stride + 1, (columns - 1) / spec.Stride + 1,
            (n, c, y, column) => bias[c] + sums[n * spec.OutChannels + c][(y * padded + column) * spec.Stride]);
    }

    public ScalarMap BatchNorm2d(ScalarMap x, string name, BatchNorm2dSpec spec)
    {
        double[] scale = Parameter($"{name}.weight");
        double[] shift = Parameter($"{name}.bias");
        double[] mean = Parameter($"{name}.running_mean");
        double[] variance = Parameter($"{name}.running_var");
        return Each(x, (n, c, y, column) => (x[n, c, y, column] - mean[c]) / Math.Sqrt(variance[c] + spec.Epsilon) * scale[c] + shift[c]);
    }

    public ScalarMap Relu(ScalarMap x) => Each(x, (n, c, y, column) => Math.Max(x[n, c, y, column], 0));

    public ScalarMap Sigmoid(ScalarMap x) => Each(x, (n, c, y, column) => 1 / (1 + Math.Exp(-x[n, c, y, column])));

    public ScalarMap MaxPool2d(ScalarMap x, MaxPool2dSpec spec)
    {
        return ScalarMap.Of(x.Count, x.Channels, Windows(x.Height), Windows(x.Width), (n, c, y, column) =>
        {
            double largest = double.NegativeInfinity;
            for (int row = y * spec.Stride - spec.Padding; row < y * spec.Stride - spec.Padding + spec.Kernel; row++)
            {
                for (int place = column * spec.Stride - spec.Padding; place < column * spec.Stride - spec.Padding + spec.Kernel; place++)
                {
                    if (row >= 0 && row < x.Height && place >= 0 && place < x.Width)
                        largest = Math.Max(largest, x[n, c, row, place]);
                }
            }
            return largest;
        });

        // a window counts when it lies within the padded map; in ceil mode, when it begins within the map
        int Windows(int size)
        {
            int windows = 0;
            while (spec.CeilMode
                ? windows * spec.Stride - spec.Padding < size && (windows - 1) * spec.Stride + spec.Kernel < size + 2 * spec.Padding
                : windows * spec.Stride + spec.Kernel <= size + 2 * spec.Padding)
            {
                windows++;
            }
            return windows;
        }
    }

    public ScalarMap UpsampleTo(ScalarMap x, ScalarMap like, UpsampleMode mode) => Resample(x, like.Height, like.Width, mode);

    public ScalarMap UpsampleBy(ScalarMap x, int factor, UpsampleMode mode) => Resample(x, x.Height * factor, x.Width * factor, mode);

    public ScalarMap Concat(params ReadOnlySpan<ScalarMap> xs)
    {
        ScalarMap[] parts = xs.ToArray();
        (ScalarMap Part, int Channel)[] channels = [.. parts.SelectMany(part => Enumerable.Range(0, part.Channels).Select(c => (part, c)))];
        return ScalarMap.Of(parts[0].Count, channels.Length, parts[0].Height, parts[0].Width,
            (n, c, y, column) => channels[c].Part[n, channels[c].Channel, y, column]);
    }

    public ScalarMap Add(ScalarMap a, ScalarMap b) => Each(a, (n, c, y, column) => a[n, c, y, column] + b[n, c, y, column]);

    public ScalarMap Mul(ScalarMap a, ScalarMap b) =>
        Each(a, (n, c, y, column) => a[n, c, y, column] * b[n, b.Channels == 1 ? 0 : c, y, column]);

    public ScalarMap Dropout2d(ScalarMap x, string name, double probability) => x;

    private static double[] Pad(ScalarMap x, int n, int c, int padding)
    {
        int width = x.Width + 2 * padding;
        double[] plane = new double[(x.Height + 2 * padding) * width];
        for (int y = 0; y < x.Height; y++)
            x.Row(n, c, y).CopyTo(plane.AsSpan((y + padding) * width + padding));
        return plane;
    }

    private static ScalarMap Resample(ScalarMap x, int height, int width, UpsampleMode mode)
    {
        if (mode == UpsampleMode.Nearest)
            return ScalarMap.Of(x.Count, x.Channels, height, width, (n, c, y, column) => x[n, c, y * x.Height / height, column * x.Width / width]);
        return ScalarMap.Of(x.Count, x.Channels, height, width, (n, c, y, column) =>
        {
            (int top, int bottom, double down) = Between(y, x.Height, height);
            (int left, int right, double along) = Between(column, x.Width, width);
            double upper = x[n, c, top, left] * (1 - along) + x[n, c, top, right] * along;
            double lower = x[n, c, bottom, left] * (1 - along) + x[n, c, bottom, right] * along;
            return upper * (1 - down) + lower * down;
        });

        // the centre of an output pixel lies between two input pixel centres; beyond the first and last, the edge goes on
        static (int Before, int After, double Share) Between(int index, int from, int to)
        {
            double place = Math.Clamp((index + 0.5) * from / to - 0.5, 0, from - 1);
            int before = (int)place;
            return (before, Math.Min(before + 1, from - 1), place - before);
        }
    }

    private static ScalarMap Each(ScalarMap like, Func<int, int, int, int, double> value) =>
        ScalarMap.Of(like.Count, like.Channels, like.Height, like.Width, value);

    private double[] Parameter(string name) => [.. weights[name].ToFloat32().Select(value => (double)value)];
}
