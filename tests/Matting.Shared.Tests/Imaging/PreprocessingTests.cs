using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class PreprocessingTests
{
    public static TheoryData<string> Cases() => Golden.Ids("normalise");

    // The issue asks for equal bits where the case itself would allow 1e-6.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_normalisations_are_equal_to_the_bit(string id)
    {
        GoldenCase golden = Golden.Case(id);
        PixelImage image = SomePixels.FromNpy(golden.Input("image"));
        float[] result = new float[image.Pixels.Length];
        if (image.Channels == 1)
        {
            Preprocessing.AlphaToUnit(image, result);
        }
        else
        {
            string profile = golden.Op == "normalise" ? golden.Params.GetProperty("profile").GetString()! : "unit";
            Preprocessing.ToNchw(image, NormalisationProfile.Get(profile), result);
        }
        Near.AssertSameBytes(golden.Output("chw").Bytes, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(result), id);
    }

    [Theory]
    [InlineData("imagenet")]
    [InlineData("half")]
    [InlineData("unit")]
    public void Every_level_of_every_channel_is_the_formula_in_float32(string name)
    {
        NormalisationProfile profile = NormalisationProfile.Get(name);
        PixelImage image = new(256, 1, 3, [.. Enumerable.Range(0, 768).Select(i => (byte)(i / 3))]);
        float[] chw = new float[768];
        Preprocessing.ToNchw(image, profile, chw);
        for (int i = 0; i < 768; i++)
        {
            float unit = (i % 256) / 255f;
            float centred = unit - profile.Mean[i / 256];
            Assert.Equal(centred / profile.Std[i / 256], chw[i]);
        }
    }

    [Fact]
    public void The_mirrored_input_is_that_of_the_mirrored_picture()
    {
        PixelImage image = SomePixels.Noise(37, 5, 3);
        PixelImage mirrored = new(37, 5, 3);
        for (int y = 0; y < 5; y++)
        {
            for (int x = 0; x < 37; x++)
                image.Row(y).Slice(3 * x, 3).CopyTo(mirrored.Row(y)[(3 * (36 - x))..]);
        }
        float[] expected = new float[3 * 37 * 5];
        float[] actual = new float[3 * 37 * 5];
        Preprocessing.ToNchw(mirrored, NormalisationProfile.Imagenet, expected);
        Preprocessing.ToNchw(image, NormalisationProfile.Imagenet, actual, mirror: true);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Wrong_channels_and_wrong_room_are_refused()
    {
        PixelImage grey = new(4, 4, 1);
        PixelImage rgb = new(4, 4, 3);
        Assert.Contains("1 channels", Assert.Throws<ArgumentException>(() => Preprocessing.ToNchw(grey, NormalisationProfile.Unit, new float[48])).Message, StringComparison.Ordinal);
        Assert.Contains("48", Assert.Throws<ArgumentException>(() => Preprocessing.ToNchw(rgb, NormalisationProfile.Unit, new float[47])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Preprocessing.AlphaToUnit(rgb, new float[48]));
        Assert.Throws<ArgumentException>(() => Preprocessing.AlphaToUnit(grey, new float[15]));
    }

    [Fact]
    public void An_unknown_profile_lists_the_known_ones() =>
        Assert.Contains("imagenet, half, unit", Assert.Throws<ArgumentException>(() => NormalisationProfile.Get("imagnet")).Message, StringComparison.Ordinal);

    [Fact]
    public void Profiles_are_equal_by_their_numbers()
    {
        NormalisationProfile copy = new("half", [0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);
        Assert.Equal(NormalisationProfile.Half, copy);
        Assert.Equal(NormalisationProfile.Half.GetHashCode(), copy.GetHashCode());
        Assert.NotEqual(NormalisationProfile.Half, new NormalisationProfile("half", [0.5f, 0.5f, 0.4f], [0.5f, 0.5f, 0.5f]));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_deviation_that_cannot_divide_is_refused(float deviation) =>
        Assert.Throws<ArgumentException>(() => new NormalisationProfile("odd", [0f, 0f, 0f], [1f, deviation, 1f]));
}
