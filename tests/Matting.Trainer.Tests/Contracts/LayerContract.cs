using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Matting.Trainer.Tests.Contracts;

public sealed class LayerContract
{
    // sums of some dozens of float64 products
    private const double Tolerance = 1e-13;

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 2, 2, 1)]
    [InlineData(2, 2, 2, 2)]
    public void A_convolution_is_its_definition(int stride, int padding, int dilation, int groups)
    {
        using DisposeScope scope = NewDisposeScope();
        PlainImage image = new(Numbers.Some(2 * 4 * 7 * 6, 1), 2, 4, 7, 6);
        PlainImage kernel = new(Numbers.Some(6 * (4 / groups) * 9, 2), 6, 4 / groups, 3, 3);
        double[] bias = Numbers.Some(6, 3);
        Tensor result = F.conv2d(Of(image), Of(kernel), tensor(bias), [stride, stride], [padding, padding], [dilation, dilation], groups);
        AssertSame(image.Convolve(kernel, bias, stride, padding, dilation, groups), result);
    }

    [Fact]
    public void A_convolution_without_options_has_stride_one_and_no_padding()
    {
        using DisposeScope scope = NewDisposeScope();
        PlainImage image = new(Numbers.Some(25, 1), 1, 1, 5, 5);
        PlainImage kernel = new(Numbers.Some(9, 2), 1, 1, 3, 3);
        AssertSame(image.Convolve(kernel, [0], 1, 0, 1, 1), F.conv2d(Of(image), Of(kernel)));
    }

    [Theory]
    [InlineData(6, 8, false)]
    [InlineData(5, 7, false)]
    [InlineData(5, 7, true)]
    public void Pooling_takes_the_largest_or_the_mean_of_windows(int height, int width, bool ceil)
    {
        using DisposeScope scope = NewDisposeScope();
        PlainImage image = new(Numbers.Some(2 * 3 * height * width, 4), 2, 3, height, width);
        AssertSame(image.Windows(2, 2, 0, ceil, Enumerable.Max), F.max_pool2d(Of(image), 2, 2, ceil_mode: ceil));
        AssertSame(image.Windows(3, 2, 1, ceil, Enumerable.Max), F.max_pool2d(Of(image), [3, 3], [2, 2], [1, 1], ceil_mode: ceil));
        AssertSame(image.Windows(3, 2, 1, ceil, Enumerable.Average), F.avg_pool2d(Of(image), 3, 2, 1, ceil, count_include_pad: false));
        AssertSame(image.Windows(2, 2, 0, false, Enumerable.Average), F.avg_pool2d(Of(image), (2, 2)));
    }

    [Fact]
    public void Adaptive_pooling_to_one_pixel_is_the_mean()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor image = Numbers.Doubles(5, 2, 3, 4, 5);
        Numbers.AssertClose(Numbers.Of(image.mean([2, 3])), F.adaptive_avg_pool2d(image, 1), Tolerance);
    }

    [Theory]
    [InlineData(8, 12, false)]
    [InlineData(9, 5, false)]
    [InlineData(2, 3, false)]
    [InlineData(9, 5, true)]
    [InlineData(1, 1, true)]
    public void Bilinear_interpolation_to_a_size_is_its_formula(int height, int width, bool alignCorners)
    {
        using DisposeScope scope = NewDisposeScope();
        PlainImage image = new(Numbers.Some(2 * 3 * 4 * 6, 6), 2, 3, 4, 6);
        Tensor result = F.interpolate(Of(image), [height, width], mode: InterpolationMode.Bilinear, align_corners: alignCorners);
        AssertSame(image.Bilinear(height, width, alignCorners), result);
    }

    [Fact]
    public void Interpolation_by_a_factor_and_to_the_nearest_pixel()
    {
        using DisposeScope scope = NewDisposeScope();
        PlainImage image = new(Numbers.Some(4 * 6, 7), 1, 1, 4, 6);
        AssertSame(image.Bilinear(8, 12, false), F.interpolate(Of(image), scale_factor: [2, 2], mode: InterpolationMode.Bilinear, align_corners: false));
        AssertSame(PlainImage.Make(1, 1, 8, 12, (i, c, y, x) => image[i, c, y / 2, x / 2]), F.interpolate(Of(image), scale_factor: [2, 2]));
        AssertSame(PlainImage.Make(1, 1, 3, 5, (i, c, y, x) => image[i, c, y * 4 / 3, x * 6 / 5]), F.interpolate(Of(image), [3, 5], mode: InterpolationMode.Nearest));
        Assert.Throws<ExternalException>(() => F.interpolate(Of(image), [3, 5], mode: InterpolationMode.Nearest, align_corners: true));
        Assert.Throws<ExternalException>(() => F.interpolate(Of(image), [3, 5], [2, 2]));
        Assert.Throws<ExternalException>(() => F.interpolate(Of(image)));
        Assert.Throws<ExternalException>(() => F.interpolate(Of(image), [3], mode: InterpolationMode.Linear));
    }

    [Fact]
    public void Batch_norm_in_training_normalises_by_the_batch_and_moves_the_running_figures()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] values = Numbers.Some(2 * 3 * 4 * 5, 8);
        (double[] scale, double[] shift) = (Numbers.Some(3, 9), Numbers.Some(3, 10));
        double[][] channels = [.. Enumerable.Range(0, 3).Select(c => values.Where((_, i) => i / 20 % 3 == c).ToArray())];
        double[] means = [.. channels.Select(Enumerable.Average)];
        double[] variances = [.. channels.Select((v, c) => v.Average(x => (x - means[c]) * (x - means[c])))];
        double[] expected = [.. values.Select((v, i) => Normal(v, i / 20 % 3, means, variances))];

        Tensor runningMean = zeros([3], float64);
        Tensor runningVar = ones([3], float64);
        Tensor image = tensor(values, [2, 3, 4, 5]);
        Tensor result = F.batch_norm(image, runningMean, runningVar, tensor(scale), tensor(shift), training: true, momentum: 0.1, eps: 1e-5);
        Numbers.AssertClose(expected, result, Tolerance);
        Numbers.AssertClose([.. means.Select(m => 0.1 * m)], runningMean, Tolerance);
        Numbers.AssertClose([.. variances.Select(v => 0.9 + 0.1 * v * 40 / 39)], runningVar, Tolerance);

        (double[] rm, double[] rv) = (Numbers.Of(runningMean), Numbers.Of(runningVar));
        double[] evaluated = [.. values.Select((v, i) => Normal(v, i / 20 % 3, rm, rv))];
        Numbers.AssertClose(evaluated, F.batch_norm(image, runningMean, runningVar, tensor(scale), tensor(shift)), Tolerance);
        Numbers.AssertClose(rm, runningMean, 0);
        Assert.Throws<ExternalException>(() => F.batch_norm(ones([1, 3, 1, 1]), null, null, training: true));

        double Normal(double v, int c, double[] mean, double[] variance) => (v - mean[c]) / Math.Sqrt(variance[c] + 1e-5) * scale[c] + shift[c];
    }

    [Fact]
    public void Padding_fills_mirrors_or_repeats_the_edge()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor row = tensor(new[] { 1f, 2f, 3f }, [1, 1, 3]);
        Assert.Equal([9f, 1f, 2f, 3f, 9f, 9f], F.pad(row, (1, 2), value: 9).data<float>().ToArray());
        Assert.Equal([3f, 2f, 1f, 2f, 3f, 2f], F.pad(row, (2, 1), PaddingModes.Reflect).data<float>().ToArray());
        long[] sides = [1, 1];
        Assert.Equal([1f, 1f, 2f, 3f, 3f], F.pad(row, sides, PaddingModes.Replicate).data<float>().ToArray());
        Assert.Equal([1L, 3L, 3L], F.pad(row, (0, 0, 1, 1)).shape);
        Assert.Equal([3L, 3L, 5L], F.pad(row, 1).shape);
    }

    [Fact]
    public void Dropout_of_channels_zeroes_whole_channels_and_scales_the_others()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor image = ones(4, 32, 3, 3);
        float[][] channels = [.. F.dropout2d(image, 0.25).data<float>().ToArray().Chunk(9)];
        Assert.All(channels, channel => Assert.Single(channel.Distinct()));
        Assert.Equal([0f, 1 / 0.75f], channels.Select(channel => channel[0]).Distinct().Order());
        Assert.InRange(channels.Count(channel => channel[0] == 0), 15, 50); // 32 expected of 128
        Assert.True(F.dropout2d(image, 0.25, training: false).equal(image).all().item<bool>());
    }

    private static Tensor Of(PlainImage image) => tensor(image.Values, [image.Size.N, image.Size.C, image.Size.H, image.Size.W]);

    private static void AssertSame(PlainImage expected, Tensor actual)
    {
        Assert.Equal([expected.Size.N, expected.Size.C, expected.Size.H, expected.Size.W], actual.shape);
        Numbers.AssertClose(expected.Values, actual, Tolerance);
    }
}
