using Matting.Shared.Imaging;
using Matting.Trainer.Pictures;

namespace Matting.Trainer.Tests.Pictures;

public sealed class BatchSheetTests
{
    private const int Cell = 96;
    private const int Margin = 28, HeadBottom = 28 + 32 + 34;

    [Fact]
    public void A_histogram_counts_every_pixel_once_and_knows_the_share_of_mid_tones()
    {
        // levels 12 and 243 are beyond .05 and .95, levels 13 and 242 are not
        PixelImage alpha = new(8, 1, 1, [0, 12, 13, 128, 242, 243, 255, 255]);

        AlphaHistogram histogram = AlphaHistogram.Of(alpha);

        Assert.Equal(AlphaHistogram.Bins, histogram.Shares.Count);
        Assert.Equal(1, histogram.Shares.Sum(), 12); // eighths are exact
        Assert.Equal(3 / 8.0, histogram.MidTones, 12);
        Assert.Equal((0 + 12 + 13 + 128 + 242 + 243 + 255 + 255) / 255.0 / 8, histogram.Mean, 12); // sums of doubles
        Assert.Equal((1 / 8.0, 2 / 8.0), (histogram.Shares[0], histogram.Shares[^1]));
    }

    [Fact]
    public void Several_alphas_are_counted_together()
    {
        AlphaHistogram both = AlphaHistogram.Of(Grey(4, 4, 128), Grey(4, 12, 255));

        Assert.Equal(0.25, both.MidTones, 12); // quarters are exact
        Assert.Equal(0.75, both.Shares[^1], 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaHistogram.Of());
        Assert.Throws<ArgumentException>(() => AlphaHistogram.Of(new PixelImage(2, 2, 3)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(0.01, 0.5)]
    [InlineData(1e-4, 0.02)]
    [InlineData(1e-9, 0.02)]
    public void Bars_have_logarithmic_heights_and_even_the_smallest_can_be_seen(double share, double height) =>
        Assert.Equal(height, HistogramPainter.Height(share), 12); // powers of ten

    [Fact]
    public void A_row_shows_image_alpha_and_histogram()
    {
        PixelImage image = new(Cell, Cell, 3);
        for (int i = 0; i < Cell * Cell; i++)
            (image.Pixels[3 * i], image.Pixels[3 * i + 1], image.Pixels[3 * i + 2]) = (10, 200, 30);

        PixelImage sheet = BatchSheet.Compose([new BatchExample(image, Grey(Cell, Cell, 128))], "training batch", Cell);

        int middle = HeadBottom + Cell / 2;
        Assert.Equal((10, 200, 30), ColourAt(sheet, Margin + Cell / 2, middle));
        Assert.Equal((128, 128, 128), ColourAt(sheet, Margin + Cell + 6 + Cell / 2, middle));
        // all pixels in one bin in the middle: its bar reaches the top of the plot, others are white
        int plot = Margin + 2 * (Cell + 6), plotWidth = (int)(1.6 * Cell) - 44 - 14;
        Assert.Equal((42, 111, 151), ColourAt(sheet, plot + 44 + plotWidth * 32 / 64, HeadBottom + Cell - 24 - 2));
        Assert.Equal((255, 255, 255), ColourAt(sheet, plot + 44 + plotWidth * 20 / 64, HeadBottom + Cell - 24 - 2));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 1, 4)]
    [InlineData(5, 2, 3)]
    public void More_than_four_samples_stand_in_two_columns(int count, int groups, int lines)
    {
        BatchExample example = new(new PixelImage(9, 9, 3), Grey(9, 9, 0));
        PixelImage one = BatchSheet.Compose([example], "batch", Cell);

        PixelImage sheet = BatchSheet.Compose([.. Enumerable.Repeat(example, count)], "batch", Cell);

        int groupWidth = 2 * (Cell + 6) + (int)(1.6 * Cell);
        Assert.Equal((one.Width + (groups - 1) * (groupWidth + 36), one.Height + (lines - 1) * (Cell + 14)), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void Nothing_and_cells_too_small_to_read_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchSheet.Compose([], "batch", Cell));
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchSheet.Compose([new BatchExample(new PixelImage(9, 9, 3), Grey(9, 9, 0))], "batch", 40));
    }

    [Theory]
    [InlineData("imagenet")]
    [InlineData("half")]
    [InlineData("unit")]
    public void Taking_the_normalisation_back_gives_the_very_pixels(string name)
    {
        NormalisationProfile profile = NormalisationProfile.Get(name);
        byte[] pixels = [.. Enumerable.Range(0, 3 * 16 * 16).Select(i => (byte)(i * 7))];
        float[] chw = new float[pixels.Length];
        Preprocessing.ToNchw(new PixelImage(16, 16, 3, pixels), profile, chw);

        Assert.Equal(pixels, NetworkPicture.Rgb(chw, 16, profile).Pixels);
    }

    [Fact]
    public void Alphas_are_rounded_and_kept_within_their_range()
    {
        Assert.Equal([0, 255, 128, 255], NetworkPicture.Grey([-0.5f, 1.5f, 0.5f, 0.999f], 2).Pixels);
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkPicture.Grey(new float[3], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkPicture.Rgb(new float[3], 2, NormalisationProfile.Half));
    }

    private static PixelImage Grey(int width, int height, byte level)
    {
        PixelImage grey = new(width, height, 1);
        Array.Fill(grey.Pixels, level);
        return grey;
    }

    private static (int Red, int Green, int Blue) ColourAt(PixelImage picture, int x, int y)
    {
        Span<byte> pixel = picture.Row(y).Slice(3 * x, 3);
        return (pixel[0], pixel[1], pixel[2]);
    }
}
