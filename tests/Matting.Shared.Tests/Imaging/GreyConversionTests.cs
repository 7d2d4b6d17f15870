using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

public class GreyConversionTests
{
    [Fact]
    public void Vectors_and_tails_equal_the_formula()
    {
        for (int width = 1; width < 70; width++)
        {
            PixelImage rgb = SomePixels.Noise(width, 1, 3, width);
            PixelImage grey = GreyConversion.ToGrey(rgb);
            for (int x = 0; x < width; x++)
            {
                int expected = ((19595 * rgb.Pixels[3 * x]) + (38470 * rgb.Pixels[(3 * x) + 1]) + (7471 * rgb.Pixels[(3 * x) + 2]) + 32768) >> 16;
                Assert.Equal(expected, grey.Pixels[x]);
                Assert.Equal(expected, GreyConversion.Level(rgb.Pixels[3 * x], rgb.Pixels[(3 * x) + 1], rgb.Pixels[(3 * x) + 2]));
            }
        }
    }

    [Fact]
    public void Equal_channels_keep_their_level()
    {
        for (int level = 0; level < 256; level++)
            Assert.Equal(level, GreyConversion.Level((byte)level, (byte)level, (byte)level));
    }

    [Fact]
    public void Grey_stays_and_alpha_is_refused()
    {
        PixelImage grey = SomePixels.Noise(3, 3, 1);
        Assert.Same(grey, GreyConversion.ToGrey(grey));
        Assert.Throws<ArgumentException>(() => GreyConversion.ToGrey(SomePixels.Noise(3, 3, 4)));
        Assert.Throws<ArgumentException>(() => GreyConversion.Convert(new byte[8], new byte[3]));
    }
}
