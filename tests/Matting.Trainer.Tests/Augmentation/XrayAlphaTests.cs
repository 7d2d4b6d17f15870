using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;
using Matting.Trainer.Augmentation;

namespace Matting.Trainer.Tests.Augmentation;

public sealed class XrayAlphaTests
{
    private static readonly XrayParameters Usual = new()
    {
        Floor = 0.4, Amplitude = 0.3, Ceiling = 0.9, Detail = 0.9, Thickness = 0.8, Unsharp = 0.5, Background = 0.12,
    };

    public static TheoryData<string> Cases() => Golden.Ids("xray", "xray_alpha_dense");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_alphas_are_met(string id)
    {
        GoldenCase golden = Golden.Case(id);
        PixelImage rgb = Picture(golden.Input("image")), alpha = Picture(golden.Input("alpha"));
        float[] noise = golden.Input("noise").Floats, dense = new float[noise.Length];
        double Param(string name) => golden.Params.GetProperty(name).GetDouble();
        XrayParameters parameters = new()
        {
            Floor = Param("floor"),
            Amplitude = Param("amp"),
            Ceiling = Param("obj_max"),
            Detail = Param("detail_k"),
            Background = Param("bg0"),
            Thickness = Param("thick_sigma"),
            Unsharp = Param("unsharp"),
            BackgroundNoise = Param("bg_noise_amp"),
            BackgroundSigma = Param("bg_noise_sigma"),
            LowSigma = Param("low_freq_sigma"),
        };

        XrayAlpha.Dense(rgb, alpha, noise, parameters, dense);
        byte[] mask = XrayAlpha.Apply(rgb, alpha, noise, parameters).Pixels;

        (double absolute, double relative) = golden.ToleranceOf("dense");
        Near.AssertClose(golden.Output("dense").Floats, dense, absolute, relative, id);
        byte[] expected = golden.Output("mask").Bytes;
        int[] differences = [.. expected.Zip(mask, (want, got) => Math.Abs(want - got))];
        Assert.True(differences.Max() <= golden.ToleranceOf("mask").Absolute, $"{id}: a level is off by {differences.Max()}");
        // a value at the very edge of a level may fall to either side of it
        Assert.True(differences.Count(difference => difference == 0) >= 0.999 * differences.Length, $"{id}: {differences.Count(difference => difference != 0)} levels differ");
    }

    [Theory]
    [InlineData(33, 21, 255, 1)]
    [InlineData(40, 30, 100, 2)]
    [InlineData(9, 7, 255, 3)]
    [InlineData(1, 1, 255, 4)]
    [InlineData(50, 1, 1, 5)]
    [InlineData(16, 16, 0, 6)]
    public void Any_picture_equals_the_scalar_twin(int width, int height, byte highest, int seed)
    {
        (PixelImage rgb, PixelImage alpha, float[] noise) = Sample(width, height, highest, seed);
        float[] dense = new float[noise.Length];

        XrayAlpha.Dense(rgb, alpha, noise, Usual, dense);

        // float32 against double, through an exponential and a division by a small range
        Near.AssertClose(ScalarXrayAlpha.Dense(rgb, alpha, noise, Usual), dense, 1e-5);
        Assert.All(dense, value => Assert.InRange(value, 0, 0.9f));
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_on_every_thread()
    {
        (PixelImage rgb, PixelImage alpha, float[] noise) = Sample(120, 90, 255, 1);
        byte[] expected = XrayAlpha.Apply(rgb, alpha, noise, Usual).Pixels;
        Parallel.For(0, 8, _ => Near.AssertSameBytes(expected, XrayAlpha.Apply(rgb, alpha, noise, Usual).Pixels));
    }

    [Fact]
    public void The_object_is_a_half_tone_and_the_background_faint()
    {
        (PixelImage rgb, PixelImage alpha, float[] noise) = Sample(64, 64, 255, 7);
        PixelImage dense = XrayAlpha.Apply(rgb, alpha, noise, Usual);
        for (int i = 0; i < dense.Pixels.Length; i++)
        {
            if (alpha.Pixels[i] == 255)
                Assert.InRange(dense.Pixels[i], 25, (byte)(0.9 * 255));
            else if (alpha.Pixels[i] == 0)
                Assert.InRange(dense.Pixels[i], 0, 63);
        }
    }

    [Fact]
    public void A_flat_picture_has_no_texture_to_stretch()
    {
        PixelImage rgb = new(30, 30, 3), alpha = new(30, 30, 1);
        alpha.Pixels.AsSpan().Fill(255);
        float[] dense = new float[900];

        XrayAlpha.Dense(rgb, alpha, new float[900], Usual, dense);

        // no texture is 0, and mass at its own 10 % quantile is 0 too: floor * exp(-detail / 2) all over
        Assert.All(dense, value => Assert.Equal(0.4 * Math.Exp(-0.45), value, 1e-5));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        (PixelImage rgb, PixelImage alpha, float[] noise) = Sample(8, 8, 255, 1);
        float[] dense = new float[64];
        Assert.Throws<ArgumentException>(() => XrayAlpha.Dense(new PixelImage(8, 9, 3), alpha, noise, Usual, dense));
        Assert.Throws<ArgumentException>(() => XrayAlpha.Dense(rgb, alpha, noise.AsSpan(1), Usual, dense));
        Assert.Throws<ArgumentException>(() => XrayAlpha.Dense(rgb, alpha, noise, Usual, dense.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => XrayAlpha.Dense(alpha, alpha, noise, Usual, dense));
        Assert.Throws<ArgumentException>(() => XrayAlpha.Dense(rgb, rgb, noise, Usual, dense));
        Assert.Throws<ArgumentOutOfRangeException>(() => XrayAlpha.Dense(rgb, alpha, noise, Usual with { LowSigma = 0 }, dense));
    }

    [Fact]
    public void A_field_is_standard_normal_and_belongs_to_its_key()
    {
        float[] field = new float[100_001], again = new float[100_001];
        NormalField.Fill(new SeededRandom(1, 2, 3), field);
        NormalField.Fill(new SeededRandom(1, 2, 3), again);

        Assert.Equal(field, again);
        // standard errors of mean and variance at this length are .003 and .0045
        Assert.Equal(0, field.Average(value => (double)value), 0.015);
        Assert.Equal(1, field.Average(value => (double)value * value), 0.025);
        Assert.Equal(0.6827, field.Count(value => Math.Abs(value) < 1) / 100_001.0, 0.01);
    }

    private static PixelImage Picture(Npy array) => new((int)array.Shape[1], (int)array.Shape[0], array.Shape.Length == 3 ? 3 : 1, array.Bytes);

    private static (PixelImage Rgb, PixelImage Alpha, float[] Noise) Sample(int width, int height, byte highest, int seed)
    {
        Random random = new(seed);
        PixelImage rgb = new(width, height, 3), alpha = new(width, height, 1);
        random.NextBytes(rgb.Pixels);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                alpha.Row(y)[x] = (byte)(highest * Math.Clamp(1.4 - (2.2 * double.Hypot((x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5)), 0, 1));
        }
        float[] noise = new float[width * height];
        NormalField.Fill(new SeededRandom(seed), noise);
        return (rgb, alpha, noise);
    }
}
