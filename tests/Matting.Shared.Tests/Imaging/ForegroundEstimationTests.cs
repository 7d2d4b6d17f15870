using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class ForegroundEstimationTests
{
    /// <summary>A colour that turns slowly: what a foreground looks like to its edge.</summary>
    private static PixelImage Slow(int width, int height, double phase)
    {
        PixelImage picture = new(width, height, 3);
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            int x = i / 3 % width, y = i / 3 / width;
            picture.Pixels[i] = (byte)(128 + (100 * Math.Sin(phase + (i % 3) + (2.0 * x / width) + (1.5 * y / height))));
        }
        return picture;
    }

    /// <summary>A disc with a rim that fades over a share of the picture.</summary>
    private static PixelImage SoftDisc(int width, int height, double rim)
    {
        PixelImage alpha = new(width, height, 1);
        for (int i = 0; i < alpha.Pixels.Length; i++)
        {
            double x = ((i % width) - (width / 2.0)) / width, y = ((i / width) - (height / 2.0)) / height;
            alpha.Pixels[i] = (byte)(255 * Math.Clamp((0.35 - Math.Sqrt((x * x) + (y * y))) / rim, 0, 1));
        }
        return alpha;
    }

    private static PixelImage Mix(PixelImage foreground, PixelImage background, PixelImage alpha)
    {
        PixelImage mixed = new(foreground.Width, foreground.Height, 3);
        for (int i = 0; i < mixed.Pixels.Length; i++)
        {
            double share = alpha.Pixels[i / 3] / 255.0;
            mixed.Pixels[i] = (byte)Math.Round((share * foreground.Pixels[i]) + ((1 - share) * background.Pixels[i]));
        }
        return mixed;
    }

    // mean squared difference over the soft pixels, weighted by alpha: what a composite over another background would show
    private static double Error(PixelImage truth, PixelImage found, PixelImage alpha)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < truth.Pixels.Length; i++)
        {
            if (alpha.Pixels[i / 3] is 0 or 255)
                continue;
            double difference = alpha.Pixels[i / 3] / 255.0 * (truth.Pixels[i] - found.Pixels[i]);
            (sum, count) = (sum + (difference * difference), count + 1);
        }
        return sum / count;
    }

    [Theory]
    [InlineData(97, 64, 0.2, 2)]
    [InlineData(200, 150, 0.1, 3)]
    [InlineData(256, 256, 0.05, 4)]
    public void At_soft_edges_the_estimate_is_much_nearer_to_the_true_foreground_than_the_picture(int width, int height, double rim, int seed)
    {
        PixelImage truth = Slow(width, height, 0), alpha = SoftDisc(width, height, rim);
        foreach (PixelImage background in (PixelImage[])[SomePixels.Filled(width, height, 3, 10), SomePixels.Filled(width, height, 3, 250), Slow(width, height, seed)])
        {
            PixelImage picture = Mix(truth, background, alpha);
            double before = Error(truth, picture, alpha), after = Error(truth, ForegroundEstimation.Estimate(picture, alpha), alpha);
            // a fifteenth of the squared difference
            Assert.True(after < before / 15, $"{before} became {after}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 37)]
    [InlineData(40, 1)]
    [InlineData(2, 3)]
    [InlineData(33, 17)]
    [InlineData(70, 65)]
    public void It_is_the_method_in_plain_loops(int width, int height)
    {
        PixelImage picture = SomePixels.Noise(width, height, 3, 7), alpha = SomePixels.Noise(width, height, 1, 8);
        foreach (ForegroundOptions options in (ForegroundOptions[])[ForegroundOptions.Default, new() { SmallIterations = 3, LargeIterations = 1, SmallSize = 8, Regularisation = 0.01f, GradientWeight = 0.1f }])
        {
            // one level: float32 against double, before rounding
            SomePixels.AssertNear(ScalarForeground.Estimate(picture, alpha, options), ForegroundEstimation.Estimate(picture, alpha, options), 1, $"{width}x{height}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 20)]
    [InlineData(19, 33)]
    public void An_opaque_picture_keeps_its_colours(int width, int height)
    {
        PixelImage picture = SomePixels.Noise(width, height, 3);
        SomePixels.AssertEqual(picture, ForegroundEstimation.Estimate(picture, SomePixels.Filled(width, height, 1, 255)));
    }

    [Fact]
    public void Opaque_pixels_keep_their_colours_beside_a_hard_edge()
    {
        PixelImage picture = SomePixels.Noise(40, 30, 3), alpha = new(40, 30, 1);
        for (int y = 0; y < 30; y++)
            alpha.Row(y)[..20].Fill(255);
        PixelImage found = ForegroundEstimation.Estimate(picture, alpha);
        for (int y = 0; y < 30; y++)
            Near.AssertSameBytes(picture.Row(y)[..60].ToArray(), found.Row(y)[..60].ToArray(), $"row {y}");
    }

    [Fact]
    public void A_red_disc_on_green_goes_on_red_into_its_rim_and_beyond()
    {
        PixelImage red = new(64, 64, 3), green = new(64, 64, 3), alpha = SoftDisc(64, 64, 0.2);
        for (int i = 0; i < 64 * 64; i++)
            (red.Pixels[i * 3], green.Pixels[(i * 3) + 1]) = (255, 255);
        PixelImage found = ForegroundEstimation.Estimate(Mix(red, green, alpha), alpha);
        for (int i = 0; i < 64 * 64; i++)
            Assert.True(found.Pixels[i * 3] >= 240 && found.Pixels[(i * 3) + 1] <= 15, $"pixel {i}, alpha {alpha.Pixels[i]}: {found.Pixels[i * 3]}, {found.Pixels[(i * 3) + 1]}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(254)]
    public void A_constant_picture_of_constant_alpha_stays_what_it_is(byte level)
    {
        PixelImage picture = SomePixels.Filled(23, 31, 3, 77);
        SomePixels.AssertEqual(picture, ForegroundEstimation.Estimate(picture, SomePixels.Filled(23, 31, 1, level)));
    }

    [Fact]
    public async Task The_result_is_the_same_on_any_number_of_threads()
    {
        PixelImage picture = SomePixels.Noise(90, 70, 3), alpha = SoftDisc(90, 70, 0.2);
        PixelImage alone = ForegroundEstimation.Estimate(picture, alpha);
        foreach (PixelImage together in await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => ForegroundEstimation.Estimate(picture, alpha)))))
            SomePixels.AssertEqual(alone, together);
    }

    [Fact]
    public void Pictures_that_do_not_fit_together_are_refused()
    {
        PixelImage rgb = new(4, 3, 3), alpha = new(4, 3, 1);
        Assert.Contains("4 channels", Assert.Throws<ArgumentException>(() => ForegroundEstimation.Estimate(new PixelImage(4, 3, 4), alpha)).Message, StringComparison.Ordinal);
        Assert.Contains("3", Assert.Throws<ArgumentException>(() => ForegroundEstimation.Estimate(rgb, rgb)).Message, StringComparison.Ordinal);
        Assert.Contains("3x4", Assert.Throws<ArgumentException>(() => ForegroundEstimation.Estimate(rgb, new PixelImage(3, 4, 1))).Message, StringComparison.Ordinal);
    }

    public static TheoryData<ForegroundOptions> WrongOptions => new((ForegroundOptions[])
    [
        new() { SmallIterations = 0 },
        new() { LargeIterations = 1001 },
        new() { SmallSize = 0 },
        new() { Regularisation = 0 },
        new() { Regularisation = float.NaN },
        new() { GradientWeight = -1 },
        new() { GradientWeight = float.PositiveInfinity },
    ]);

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Options_out_of_range_are_refused(ForegroundOptions options) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ForegroundEstimation.Estimate(new PixelImage(4, 3, 3), new PixelImage(4, 3, 1), options));
}
