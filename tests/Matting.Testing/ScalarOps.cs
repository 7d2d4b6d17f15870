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
        ScalarMap y = ScalarMap.Of(x.Count, spec.OutChannels, Windows(x.Height), Windows(x.Width), (_, c, _, _) => bias[c]);
        for (int n = 0; n < x.Count; n++)
        {
            for (int tap = 0; tap < kernel.Length; tap++)
            {
                (int c, int rest) = Math.DivRem(tap, inputs * spec.Kernel * spec.Kernel);
                (int input, int place) = Math.DivRem(rest, spec.Kernel * spec.Kernel);
                (int ky, int kx) = Math.DivRem(place, spec.Kernel);
                AddTap(y, n, c, x, c / outputs * inputs + input, kernel[tap],
                    ky * spec.Dilation - spec.Padding, kx * spec.Dilation - spec.Padding, spec.Stride);
            }
        }
        return y;

        int Windows(int size)
        {
            int windows = 0;
            while (windows * spec.Stride + spec.Dilation * (spec.Kernel - 1) < size + 2 * spec.Padding)
                windows++;
            return windows;
        }
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

    // y[c, row, column] += weight * x[input, row * stride + down, column * stride + along] wherever x has such a place
    private static void AddTap(
        ScalarMap y, int n, int c, ScalarMap x, int input, double weight, int down, int along, int stride)
    {
        int first = 0;
        while (first * stride + along < 0)
            first++;
        int end = y.Width;
        while (end > first && (end - 1) * stride + along >= x.Width)
            end--;
        if (end <= first)
            return;
        for (int row = 0; row < y.Height; row++)
        {
            int from = row * stride + down;
            if (from < 0 || from >= x.Height)
                continue;
            Span<double> sums = y.Row(n, c, row)[first..end];
            ReadOnlySpan<double> source = x.Row(n, input, from)[(first * stride + along)..];
            if (stride == 1)
            {
                TensorPrimitives.MultiplyAdd(source[..sums.Length], weight, sums, sums);
                continue;
            }
            for (int i = 0; i < sums.Length; i++)
                sums[i] += weight * source[i * stride];
        }
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
