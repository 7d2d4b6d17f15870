using Matting.Shared.Imaging;
using Matting.Trainer.Preparation;

namespace Matting.Trainer.Tests.Preparation;

public sealed class GreyCompositingTests
{
    [Fact]
    public void Every_level_with_every_alpha_is_rounded_to_the_nearest()
    {
        byte[] pixels = new byte[4 * 256 * 256];
        for (int i = 0; i < 256 * 256; i++)
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = ((byte)i, (byte)~i, (byte)(7 * i), (byte)(i >> 8));
        PixelImage cutout = new(256, 256, 4, pixels);
        foreach (byte grey in (byte[])[0, 1, 127, 235, 241, 250, 254, 255])
        {
            PixelImage composite = GreyCompositing.Over(cutout, new LightBackground(grey, grey));
            for (int i = 0; i < composite.Pixels.Length; i++)
            {
                double alpha = pixels[i / 3 * 4 + 3] / 255.0;
                double exact = pixels[i / 3 * 4 + i % 3] * alpha + grey * (1 - alpha);
                if (Math.Abs(composite.Pixels[i] - exact) > 0.4999)
                    Assert.Fail($"{exact} became {composite.Pixels[i]}");
            }
        }
    }

    [Fact]
    public void Every_width_equals_the_scalar_twin()
    {
        LightBackground background = new(255, 235);
        for (int width = 1; width < 40; width++)
        {
            PixelImage cutout = SomeCutouts.Disc(width, width, 5);
            PixelImage composite = GreyCompositing.Over(cutout, background), alpha = GreyCompositing.AlphaOf(cutout);
            for (int i = 0; i < alpha.Pixels.Length; i++)
            {
                byte[] pixel = cutout.Pixels[(4 * i)..(4 * i + 4)];
                byte grey = background.LevelAt(i / width, 5);
                Assert.Equal(pixel[..3].Select(colour => GreyCompositing.Level(colour, pixel[3], grey)), composite.Pixels[(3 * i)..(3 * i + 3)]);
                Assert.Equal(pixel[3], alpha.Pixels[i]);
            }
        }
    }

    [Fact]
    public void What_is_transparent_shows_the_background_and_what_is_opaque_the_cutout()
    {
        PixelImage cutout = new(2, 1, 4, [10, 20, 30, 0, 40, 50, 60, 255]);
        Assert.Equal([240, 240, 240, 40, 50, 60], GreyCompositing.Over(cutout, new LightBackground(240, 240)).Pixels);
    }

    [Fact]
    public void A_picture_without_alpha_is_refused()
    {
        PixelImage rgb = new(2, 2, 3);
        Assert.Throws<ArgumentException>(() => GreyCompositing.Over(rgb, new LightBackground(255, 255)));
        Assert.Throws<ArgumentException>(() => GreyCompositing.AlphaOf(rgb));
    }
}
