using System.Text.Json;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;
using Matting.Trainer.Augmentation;

namespace Matting.Trainer.Tests.Augmentation;

public sealed class JointAugmentationTests
{
    private static readonly XrayParameters Xray = new()
    {
        Floor = 0.4, Amplitude = 0.3, Ceiling = 0.9, Detail = 0.9, Thickness = 0.8, Unsharp = 0.5, Background = 0.12,
    };

    public static TheoryData<string> Cases() => Golden.Ids("augment", "joint_augment");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_augmentations_are_equal_to_the_byte(string id)
    {
        GoldenCase golden = Golden.Case(id);
        JsonElement degrees = golden.Params.GetProperty("degrees"), colour = golden.Params.GetProperty("brightness_contrast_saturation");
        JointAugmentation decided = new()
        {
            Left = golden.Params.GetProperty("left").GetInt32(),
            Top = golden.Params.GetProperty("top").GetInt32(),
            Size = golden.Params.GetProperty("size").GetInt32(),
            Flip = golden.Params.GetProperty("flip").GetBoolean(),
            Degrees = degrees.ValueKind == JsonValueKind.Null ? null : degrees.GetDouble(),
            ImageFill = golden.Params.GetProperty("image_fill").GetByte(),
            AlphaBilinear = golden.Params.GetProperty("mask_bilinear").GetBoolean(),
            Colour = colour.ValueKind == JsonValueKind.Null ? null : new ColourFactors(colour[0].GetDouble(), colour[1].GetDouble(), colour[2].GetDouble()),
        };

        (PixelImage rgb, PixelImage alpha) = decided.Apply(Picture(golden.Input("image")), Picture(golden.Input("mask")));

        Near.AssertSameBytes(golden.Output("image").Bytes, rgb.Pixels, $"{id} picture");
        Near.AssertSameBytes(golden.Output("mask").Bytes, alpha.Pixels, $"{id} alpha");
    }

    [Fact]
    public void The_x_ray_transform_comes_last_and_changes_the_alpha_only()
    {
        (PixelImage rgb, PixelImage alpha) = Noise(40, 50);
        JointAugmentation plain = new() { Left = 3, Top = 4, Size = 32, Flip = true, Degrees = 7, Colour = new ColourFactors(1.1, 0.9, 1.2) };

        (PixelImage image, PixelImage hard) = plain.Apply(rgb, alpha);
        (PixelImage same, PixelImage dense) = (plain with { Xray = Xray, XrayNoise = new SeededRandom(5) }).Apply(rgb, alpha);

        Assert.Equal(image.Pixels, same.Pixels);
        float[] noise = new float[32 * 32];
        NormalField.Fill(new SeededRandom(5), noise);
        Assert.Equal(XrayAlpha.Apply(image, hard, noise, Xray).Pixels, dense.Pixels);
    }

    [Fact]
    public void An_x_ray_transform_without_a_generator_is_refused()
    {
        (PixelImage rgb, PixelImage alpha) = Noise(8, 8);
        Assert.Throws<InvalidOperationException>(() => new JointAugmentation { Left = 0, Top = 0, Size = 8, Xray = Xray }.Apply(rgb, alpha));
    }

    [Fact]
    public void The_pictures_handed_in_are_left_alone()
    {
        (PixelImage rgb, PixelImage alpha) = Noise(16, 16);
        (byte[] before, byte[] alphaBefore) = ([.. rgb.Pixels], [.. alpha.Pixels]);

        new JointAugmentation { Left = 0, Top = 0, Size = 16, Flip = true, Degrees = 180, Colour = new ColourFactors(2, 2, 2), Xray = Xray, XrayNoise = new SeededRandom(1) }.Apply(rgb, alpha);

        Assert.Equal(before, rgb.Pixels);
        Assert.Equal(alphaBefore, alpha.Pixels);
    }

    private static (PixelImage Rgb, PixelImage Alpha) Noise(int width, int height)
    {
        PixelImage rgb = new(width, height, 3), alpha = new(width, height, 1);
        Random random = new(1);
        random.NextBytes(rgb.Pixels);
        random.NextBytes(alpha.Pixels);
        return (rgb, alpha);
    }

    private static PixelImage Picture(Npy array) => new((int)array.Shape[1], (int)array.Shape[0], array.Shape.Length == 3 ? 3 : 1, array.Bytes);
}
