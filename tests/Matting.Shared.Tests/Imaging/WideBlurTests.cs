using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class WideBlurTests
{
    // what WideBlur states, of a plane whose values are within -1 and 1
    private const double Bound = 1e-4;

    [Fact]
    public void A_golden_wide_blur_is_met()
    {
        GoldenCase golden = Golden.Case("xray/gauss_64.0");
        Npy plane = golden.Input("x");
        float[] result = new float[plane.Floats.Length];
        WideBlur.Gaussian(plane.Floats, (int)plane.Shape[1], (int)plane.Shape[0], golden.Params.GetProperty("sigma").GetDouble(), result);
        Near.AssertClose(golden.Output("y").Floats, result, Bound);
    }

    [Theory]
    [InlineData(512, 512, 64)]
    [InlineData(301, 217, 64)]
    [InlineData(130, 70, 16)]
    [InlineData(97, 140, 25.5)]
    [InlineData(200, 150, 1000)]
    public void White_noise_becomes_what_OpenCV_makes_of_it(int width, int height, double sigma)
    {
        SeededRandom random = new(width, height);
        float[] plane = [.. Enumerable.Range(0, width * height).Select(_ => (float)random.Normal())];
        // what the cut ends of the kernel leave between two places: a tenth of the stated bound, though the noise reaches 5
        Near.AssertClose(OpenCv(plane, width, height, sigma), Wide(plane, width, height, sigma), 1e-5);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(16)]
    [InlineData(23.9)]
    public void No_plane_is_further_off_than_stated(double sigma)
    {
        const int Width = 260, Height = 190;
        (string Name, Func<int, int, bool> High)[] planes =
        [
            ("an edge", (x, _) => x < Width / 2),
            ("a corner", (x, y) => x < 7 && y < 5),
            ("stripes as wide as sigma", (x, y) => (x / sigma) % 2 < 1),
            ("stripes as wide as four sigma", (x, y) => ((x + y) / (4 * sigma)) % 2 < 1),
            // signs as those of a fourth derivative of the kernel: what a cubic follows worst
            ("the worst case", (x, y) => Fourth((x - 130.5) / sigma) * Fourth((y - 95.5) / sigma) > 0),
        ];
        foreach ((string name, Func<int, int, bool> high) in planes)
        {
            float[] plane = [.. Enumerable.Range(0, Width * Height).Select(i => high(i % Width, i / Width) ? 1f : -1f)];
            Near.AssertClose(OpenCv(plane, Width, Height, sigma), Wide(plane, Width, Height, sigma), Bound, 0, name);
        }
    }

    [Theory]
    [InlineData(23, 17, 16)]
    [InlineData(5, 41, 20)]
    [InlineData(40, 1, 32)]
    [InlineData(1, 1, 64)]
    [InlineData(2, 3, 17.5)]
    [InlineData(9, 9, 100)]
    public void A_small_plane_equals_the_weighted_sum_over_mirrored_neighbours(int width, int height, double sigma)
    {
        SeededRandom random = new(1);
        float[] plane = [.. Enumerable.Range(0, width * height).Select(_ => (float)random.NextDouble())];
        Near.AssertClose(ScalarGaussian.Blur(plane, width, height, sigma), Wide(plane, width, height, sigma), Bound);
    }

    [Fact]
    public void A_flat_plane_stays_flat() =>
        // float32 sums of weights that add up to 1
        Assert.All(Wide([.. Enumerable.Repeat(3f, 77 * 50)], 77, 50, 40), value => Assert.Equal(3, value, 1e-5));

    [Fact]
    public void A_small_sigma_is_left_to_OpenCV()
    {
        float[] plane = [.. Enumerable.Range(0, 30 * 20).Select(i => i % 7 / 7f)];
        Assert.Equal(OpenCv(plane, 30, 20, 15.9), Wide(plane, 30, 20, 15.9));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-64)]
    [InlineData(1001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_sigma_that_makes_no_kernel_is_refused(double sigma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WideBlur.Gaussian(new float[4], 2, 2, sigma, new float[4]));

    [Fact]
    public void Planes_that_do_not_fit_are_refused()
    {
        float[] plane = new float[8];
        Assert.Throws<ArgumentException>(() => WideBlur.Gaussian(plane, 2, 3, 64, new float[6]));
        Assert.Throws<ArgumentException>(() => WideBlur.Gaussian(plane, 2, 4, 64, new float[7]));
        Assert.Throws<ArgumentException>(() => WideBlur.Gaussian(plane.AsSpan(0, 4), 2, 2, 64, plane.AsSpan(2, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => WideBlur.Gaussian([], 2, 0, 64, []));
    }

    private static double Fourth(double x) => (x * x * x * x) - (6 * x * x) + 3;

    private static float[] Wide(float[] plane, int width, int height, double sigma)
    {
        float[] result = new float[plane.Length];
        WideBlur.Gaussian(plane, width, height, sigma, result);
        return result;
    }

    private static float[] OpenCv(float[] plane, int width, int height, double sigma)
    {
        float[] result = new float[plane.Length];
        OpenCvBlur.Gaussian(plane, width, height, sigma, result);
        return result;
    }
}
