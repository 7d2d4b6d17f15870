using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class OpenCvBlurTests
{
    public static TheoryData<string> Cases() => Golden.Ids("xray", "gauss");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_blurs_are_met(string id)
    {
        GoldenCase golden = Golden.Case(id);
        Npy plane = golden.Input("x");
        float[] result = new float[plane.Floats.Length];
        OpenCvBlur.Gaussian(plane.Floats, (int)plane.Shape[1], (int)plane.Shape[0], golden.Params.GetProperty("sigma").GetDouble(), result);
        (double absolute, double relative) = golden.ToleranceOf("y");
        Near.AssertClose(golden.Output("y").Floats, result, absolute, relative, id);
    }

    [Theory]
    [InlineData(23, 17, 0.8)]
    [InlineData(5, 31, 3)]
    [InlineData(1, 9, 2)]
    [InlineData(1, 1, 7)]
    public void A_blur_equals_the_weighted_sum_over_mirrored_neighbours(int width, int height, double sigma)
    {
        Random random = new(1);
        float[] plane = [.. Enumerable.Range(0, width * height).Select(_ => random.NextSingle())];
        float[] result = new float[plane.Length];
        OpenCvBlur.Gaussian(plane, width, height, sigma, result);
        // float32 sums of values up to 1
        Near.AssertClose(ScalarGaussian.Blur(plane, width, height, sigma), result, 2e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e9)]
    [InlineData(double.NaN)]
    public void A_sigma_that_makes_no_kernel_is_refused(double sigma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OpenCvBlur.Gaussian(new float[4], 2, 2, sigma, new float[4]));

    [Fact]
    public void Planes_that_do_not_fit_are_refused()
    {
        float[] plane = new float[8];
        Assert.Throws<ArgumentException>(() => OpenCvBlur.Gaussian(plane, 2, 3, 1, new float[6]));
        Assert.Throws<ArgumentException>(() => OpenCvBlur.Gaussian(plane, 2, 4, 1, new float[7]));
        Assert.Throws<ArgumentException>(() => OpenCvBlur.Gaussian(plane.AsSpan(0, 4), 2, 2, 1, plane.AsSpan(2, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => OpenCvBlur.Gaussian([], 0, 2, 1, []));
    }
}
