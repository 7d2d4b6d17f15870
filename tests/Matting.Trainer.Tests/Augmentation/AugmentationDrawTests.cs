using Matting.Shared.Numerics;
using Matting.Trainer.Augmentation;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Tests.Augmentation;

public sealed class AugmentationDrawTests
{
    private static readonly AugmentationOptions All = new()
    {
        Crop = 64,
        Flip = 0.5,
        Rotate = new() { Probability = 0.3, ImageFill = 7, AlphaInterpolation = "bilinear" },
        Colour = new() { Probability = 0.7 },
        Xray = new() { Probability = 0.9, BackgroundSigma = 5 },
    };

    [Fact]
    public void The_defaults_draw_a_crop_and_a_flip_and_nothing_else()
    {
        AugmentationOptions options = new() { Crop = 64, Flip = 0.5 };
        for (int index = 0; index < 50; index++)
        {
            JointAugmentation drawn = AugmentationDraw.Of(options, 42, 3, index, 100, 90);
            // left, top, flip from (seed, epoch, index): what a seed has meant since the first version
            SeededRandom random = new(42, 3, index);
            Assert.Equal((random.Next(37), random.Next(27), random.Chance(0.5)), (drawn.Left, drawn.Top, drawn.Flip));
            Assert.Equal((64, null, null, null), (drawn.Size, drawn.Degrees, drawn.Colour, drawn.Xray));
        }
    }

    [Fact]
    public void Everything_happens_as_often_and_as_far_as_it_may()
    {
        JointAugmentation[] drawn = [.. Enumerable.Range(0, 4000).Select(index => AugmentationDraw.Of(All, 1, 1, index, 64, 64))];

        // three standard errors of a share of 4000 are .024 at most
        Assert.Equal(0.3, Share(drawn, one => one.Degrees is not null), 0.03);
        Assert.Equal(0.7, Share(drawn, one => one.Colour is not null), 0.03);
        Assert.Equal(0.9, Share(drawn, one => one.Xray is not null), 0.03);
        Assert.Equal(0.27, Share(drawn, one => one.Degrees is not null && one.Xray is not null), 0.03);
        AssertFills(-10, 10, drawn.Where(one => one.Degrees is not null).Select(one => one.Degrees!.Value));
        ColourFactors[] colours = [.. drawn.Where(one => one.Colour is not null).Select(one => one.Colour!)];
        AssertFills(0.85, 1.15, colours.Select(colour => colour.Brightness));
        AssertFills(0.85, 1.15, colours.Select(colour => colour.Contrast));
        AssertFills(0.85, 1.15, colours.Select(colour => colour.Saturation));
        XrayParameters[] xrays = [.. drawn.Where(one => one.Xray is not null).Select(one => one.Xray!)];
        AssertFills(0.35, 0.55, xrays.Select(xray => xray.Floor));
        AssertFills(0.25, 0.45, xrays.Select(xray => xray.Amplitude));
        AssertFills(0.85, 0.97, xrays.Select(xray => xray.Ceiling));
        AssertFills(0.6, 1.2, xrays.Select(xray => xray.Detail));
        AssertFills(0.6, 1.2, xrays.Select(xray => xray.Thickness));
        AssertFills(0.3, 0.6, xrays.Select(xray => xray.Unsharp));
        AssertFills(0.08, 0.16, xrays.Select(xray => xray.Background));
        Assert.All(xrays, xray => Assert.Equal((0.02, 5.0, 10.0), (xray.BackgroundNoise, xray.BackgroundSigma, xray.LowSigma)));
        Assert.All(drawn, one => Assert.Equal((7, true), (one.ImageFill, one.AlphaBilinear)));
    }

    [Fact]
    public void Switching_one_subject_leaves_the_draws_of_the_others_alone()
    {
        for (int index = 0; index < 50; index++)
        {
            JointAugmentation all = AugmentationDraw.Of(All, 9, 2, index, 80, 80);
            JointAugmentation without = AugmentationDraw.Of(All with { Rotate = new(), Xray = new() }, 9, 2, index, 80, 80);
            Assert.Equal((all.Left, all.Top, all.Flip, all.Colour), (without.Left, without.Top, without.Flip, without.Colour));
            Assert.Equal(all.Xray, AugmentationDraw.Of(All with { Flip = 0, Colour = new() }, 9, 2, index, 80, 80).Xray);
        }
    }

    [Fact]
    public void Seed_epoch_and_index_all_decide()
    {
        JointAugmentation[] draws = [Draw(1, 1, 1), Draw(2, 1, 1), Draw(1, 2, 1), Draw(1, 1, 2)];
        Assert.Equal(4, draws.Select(one => (one.Left, one.Top, one.Colour?.Brightness, one.Xray?.Floor)).Distinct().Count());
        Assert.Equal(Draw(5, 6, 7) with { XrayNoise = null }, Draw(5, 6, 7) with { XrayNoise = null });

        static JointAugmentation Draw(long seed, long epoch, int index) => AugmentationDraw.Of(All, seed, epoch, index, 900, 900);
    }

    [Theory]
    [InlineData("rotate.probability", "probability = 1.5")]
    [InlineData("rotate.degrees", "degrees = -1")]
    [InlineData("rotate.image_fill", "fill = 256")]
    [InlineData("rotate.alpha_interpolation", "interpolation = cubic")]
    [InlineData("colour.contrast", "contrast from high to low")]
    [InlineData("colour.saturation", "saturation below 0")]
    [InlineData("xray.ceiling", "ceiling above 1")]
    [InlineData("xray.thickness", "thickness of 0")]
    [InlineData("xray.background_sigma", "sigma of 0")]
    public void Values_out_of_their_range_are_named(string key, string mistake)
    {
        Trainer.Recipes.AugmentRecipe recipe = mistake switch
        {
            "probability = 1.5" => new() { Rotate = new() { Probability = 1.5 } },
            "degrees = -1" => new() { Rotate = new() { Degrees = -1 } },
            "fill = 256" => new() { Rotate = new() { ImageFill = 256 } },
            "interpolation = cubic" => new() { Rotate = new() { AlphaInterpolation = "cubic" } },
            "contrast from high to low" => new() { Colour = new() { Contrast = new(1.2, 0.8) } },
            "saturation below 0" => new() { Colour = new() { Saturation = new(-0.1, 1) } },
            "ceiling above 1" => new() { Xray = new() { Ceiling = new(0.5, 1.1) } },
            "thickness of 0" => new() { Xray = new() { Thickness = new(0, 1) } },
            _ => new() { Xray = new() { BackgroundSigma = 0 } },
        };
        SettingsException e = Assert.Throws<SettingsException>(() => SettingChecks.ThrowIfWrong(recipe));
        Assert.Equal(key, Assert.Single(e.Problems).Key);
    }

    private static double Share(JointAugmentation[] drawn, Func<JointAugmentation, bool> happened) => drawn.Count(happened) / (double)drawn.Length;

    // all inside, and both ends' neighbourhoods reached
    private static void AssertFills(double low, double high, IEnumerable<double> values)
    {
        double[] all = [.. values];
        double margin = (high - low) / 50;
        Assert.InRange(all.Min(), low, low + margin);
        Assert.InRange(all.Max(), high - margin, high);
    }
}
