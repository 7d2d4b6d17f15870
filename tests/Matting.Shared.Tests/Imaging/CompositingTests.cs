using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

public class CompositingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(5, 3)]
    [InlineData(67, 5)]
    public void Colours_and_alpha_become_one_picture(int width, int height)
    {
        PixelImage rgb = SomePixels.Noise(width, height, 3, 1), alpha = SomePixels.Noise(width, height, 1, 2);
        PixelImage result = Compositing.WithAlpha(rgb, alpha);
        SomePixels.AssertEqual(rgb, SomePixels.Take(result, 3));
        Assert.Equal(alpha.Pixels, result.Pixels.Where((_, i) => i % 4 == 3));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 2)]
    [InlineData(67, 5)]
    public void A_foreground_over_a_picture_is_the_rounded_mean_weighted_by_alpha(int width, int height)
    {
        PixelImage front = SomePixels.Noise(width, height, 3, 1), back = SomePixels.Noise(width, height, 3, 2), alpha = SomePixels.Noise(width, height, 1, 3);
        PixelImage result = Compositing.OverPicture(front, alpha, back);
        for (int i = 0; i < result.Pixels.Length; i++)
        {
            double share = alpha.Pixels[i / 3];
            Assert.Equal(Math.Round(((share * front.Pixels[i]) + ((255 - share) * back.Pixels[i])) / 255), result.Pixels[i]);
        }
    }

    [Fact]
    public void Every_pair_of_levels_and_every_alpha_is_rounded_right()
    {
        PixelImage alpha = new(256, 256, 1), front = new(256, 256, 3);
        for (int i = 0; i < alpha.Pixels.Length; i++)
        {
            alpha.Pixels[i] = (byte)i;
            front.Pixels.AsSpan(3 * i, 3).Fill((byte)(i / 256));
        }
        foreach (byte back in (byte[])[0, 1, 127, 254, 255])
        {
            PixelImage result = Compositing.OverColour(front, alpha, back, back, back);
            for (int i = 0; i < alpha.Pixels.Length; i++)
                Assert.Equal((byte)Math.Round(((alpha.Pixels[i] * (double)front.Pixels[3 * i]) + ((255 - alpha.Pixels[i]) * (double)back)) / 255), result.Pixels[3 * i]);
        }
    }

    [Fact]
    public void The_background_shows_where_alpha_is_0_and_the_foreground_where_it_is_255()
    {
        PixelImage front = SomePixels.Noise(20, 10, 3);
        SomePixels.AssertEqual(front, Compositing.OverColour(front, SomePixels.Filled(20, 10, 1, 255), 1, 2, 3));
        byte[] colour = [.. Compositing.OverColour(front, new PixelImage(20, 10, 1), 1, 2, 3).Pixels[..6]];
        Assert.Equal([1, 2, 3, 1, 2, 3], colour);
    }

    [Fact]
    public void A_covering_picture_keeps_its_proportions_and_loses_equally_on_both_sides()
    {
        PixelImage wide = new(60, 20, 3);
        for (int y = 0; y < 20; y++)
            wide.Row(y)[(20 * 3)..(40 * 3)].Fill(200);
        SomePixels.AssertEqual(SomePixels.Filled(20, 20, 3, 200), Compositing.Cover(wide, 20, 20));
        SomePixels.AssertEqual(SomePixels.Filled(7, 7, 3, 200), Compositing.Cover(wide, 7, 7));
        PixelImage whole = SomePixels.Noise(9, 6, 3);
        SomePixels.AssertEqual(whole, Compositing.Cover(whole, 9, 6));
        Assert.Equal((1, 300), (Compositing.Cover(whole, 1, 300).Width, Compositing.Cover(whole, 1, 300).Height));
    }

    [Fact]
    public void Pictures_that_do_not_fit_together_are_refused()
    {
        PixelImage rgb = new(4, 3, 3), alpha = new(4, 3, 1);
        Assert.Throws<ArgumentException>(() => Compositing.WithAlpha(rgb, rgb));
        Assert.Throws<ArgumentException>(() => Compositing.OverPicture(rgb, alpha, new PixelImage(4, 1, 3)));
        Assert.Throws<ArgumentException>(() => Compositing.OverColour(alpha, alpha, 1, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Compositing.Cover(rgb, 0, 3));
    }
}
