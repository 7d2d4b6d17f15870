using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class PillowEnhanceTests
{
    private static readonly double[] Factors = [0, 0.3, 0.85, 1 / 3.0, 1, 1.15, 1.9999, 2, 7.5, 1e30];

    public static TheoryData<string> Cases() => [.. Golden.Ids("augment", "brightness").Concat(Golden.Ids("augment", "contrast")).Concat(Golden.Ids("augment", "saturation")).Select(row => row.Data).Distinct()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_colour_changes_are_equal_to_the_byte(string id)
    {
        GoldenCase golden = Golden.Case(id);
        PixelImage source = SomePixels.FromNpy(golden.Input("image"));
        double factor = golden.Params.GetProperty("factor").GetDouble();
        PixelImage result = golden.Op switch
        {
            "brightness" => PillowEnhance.Brightness(source, factor),
            "contrast" => PillowEnhance.Contrast(source, factor),
            _ => PillowEnhance.Saturation(source, factor),
        };
        SomePixels.AssertEqual(SomePixels.FromNpy(golden.Output("image")), result, id);
    }

    [Fact]
    public void Every_width_and_factor_equals_the_scalar_twin()
    {
        for (int width = 1; width < 75; width++)
        {
            PixelImage source = SomePixels.Noise(width, 3, 3, width);
            double factor = Factors[width % Factors.Length];
            byte[] grey = Grey(source);
            byte mean = (byte)((grey.Sum(level => (long)level) / (double)grey.Length) + 0.5);
            Assert.Equal(Blend(source, factor, _ => 0), PillowEnhance.Brightness(source, factor).Pixels);
            Assert.Equal(Blend(source, factor, _ => mean), PillowEnhance.Contrast(source, factor).Pixels);
            Assert.Equal(Blend(source, factor, i => grey[i / 3]), PillowEnhance.Saturation(source, factor).Pixels);
        }
    }

    [Fact]
    public void Every_level_meets_every_base()
    {
        byte[] pixels = new byte[3 * 256 * 256];
        for (int i = 0; i < 256 * 256; i++)
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = ((byte)i, (byte)(i >> 8), (byte)(i * 7));
        PixelImage source = new(256, 256, 3, pixels);
        byte[] grey = Grey(source);
        foreach (double factor in Factors)
            Near.AssertSameBytes(Blend(source, factor, i => grey[i / 3]), PillowEnhance.Saturation(source, factor).Pixels, $"{factor}");
    }

    [Fact]
    public void A_factor_of_one_changes_nothing_and_zero_leaves_the_base()
    {
        PixelImage source = SomePixels.Noise(33, 5, 3);
        SomePixels.AssertEqual(source, PillowEnhance.Brightness(source, 1));
        SomePixels.AssertEqual(source, PillowEnhance.Contrast(source, 1));
        SomePixels.AssertEqual(source, PillowEnhance.Saturation(source, 1));
        Assert.All(PillowEnhance.Brightness(source, 0).Pixels, level => Assert.Equal(0, level));
        Assert.Single(PillowEnhance.Contrast(source, 0).Pixels.Distinct());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void Factors_that_make_no_sense_are_refused(double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PillowEnhance.Contrast(SomePixels.Noise(4, 4, 3), factor));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Pictures_without_three_channels_are_refused(int channels)
    {
        Assert.Throws<ArgumentException>(() => PillowEnhance.Brightness(SomePixels.Noise(4, 4, channels), 1));
        Assert.Throws<ArgumentException>(() => PillowEnhance.Saturation(SomePixels.Noise(4, 4, channels), 1));
    }

    private static byte[] Grey(PixelImage source) =>
        [.. Enumerable.Range(0, source.Width * source.Height).Select(i => GreyConversion.Level(source.Pixels[3 * i], source.Pixels[(3 * i) + 1], source.Pixels[(3 * i) + 2]))];

    private static byte[] Blend(PixelImage source, double factor, Func<int, byte> level)
    {
        byte[] result = new byte[source.Pixels.Length];
        for (int i = 0; i < result.Length; i++)
        {
            float blended = level(i) + ((float)factor * (source.Pixels[i] - level(i)));
            result[i] = (byte)Math.Clamp(blended, 0, 255);
        }
        return result;
    }
}
