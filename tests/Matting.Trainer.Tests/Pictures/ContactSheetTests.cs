using System.Numerics;
using Matting.Shared.Imaging;
using Matting.Shared.Imaging.Drawing;
using Matting.Trainer.Pictures;

namespace Matting.Trainer.Tests.Pictures;

public sealed class ContactSheetTests
{
    private const int Cell = 64;

    [Fact]
    public void A_row_shows_image_truth_prediction_and_difference_in_this_order()
    {
        PixelImage sheet = ContactSheet.Compose([Example(Cell, Cell, truth: 255, alpha: 0)], Cell);
        (int left, int top) = FirstCell(sheet);
        Assert.Equal((10, 200, 30), ColourAt(sheet, left + Cell / 2, top + Cell / 2));
        Assert.Equal((255, 255, 255), ColourAt(sheet, left + (Cell + 6) + Cell / 2, top + Cell / 2));
        Assert.Equal((0, 0, 0), ColourAt(sheet, left + 2 * (Cell + 6) + Cell / 2, top + Cell / 2));
        // a difference of 1 is beyond the full scale: the darkest colour
        Assert.Equal((100, 0, 30), ColourAt(sheet, left + 3 * (Cell + 6) + Cell / 2, top + Cell / 2));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 1, 4)]
    [InlineData(5, 2, 3)]
    [InlineData(8, 2, 4)]
    public void More_than_four_examples_stand_in_two_columns(int count, int groups, int lines)
    {
        PixelImage one = ContactSheet.Compose([Example(9, 9, 0, 0)], Cell);
        PixelImage sheet = ContactSheet.Compose([.. Enumerable.Repeat(Example(9, 9, 0, 0), count)], Cell);
        int lineHeight = Cell + 24 + 14, groupWidth = 4 * Cell + 3 * 6 + 36;
        Assert.Equal((one.Width + (groups - 1) * groupWidth, one.Height + (lines - 1) * lineHeight), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void A_wide_picture_keeps_its_proportions()
    {
        PixelImage sheet = ContactSheet.Compose([Example(200, 50, 255, 255)], Cell);
        (int left, int top) = FirstCell(sheet);
        Assert.Equal((10, 200, 30), ColourAt(sheet, left, top + Cell / 2));
        Assert.Equal((10, 200, 30), ColourAt(sheet, left + Cell - 1, top + Cell / 2 + 7));
        Assert.NotEqual((10, 200, 30), ColourAt(sheet, left, top + Cell / 2 + 9));
    }

    [Fact]
    public void Its_ground_is_light()
    {
        PixelImage sheet = ContactSheet.Compose([Example(9, 9, 0, 0)], Cell);
        (int red, int green, int blue) = ColourAt(sheet, 2, 2);
        Assert.True(Math.Min(red, Math.Min(green, blue)) > 240);
    }

    [Fact]
    public void The_error_of_an_example_is_its_mean_squared_difference()
    {
        SheetExample example = Example(2, 1, 0, 0);
        example.Truth.Pixels[0] = 255;
        example.Alpha.Pixels[1] = 51;
        Assert.Equal((1 + 0.04) / 2, example.Mse(), 12);
    }

    [Fact]
    public void Pictures_that_do_not_fit_together_are_refused()
    {
        SheetExample example = Example(9, 9, 0, 0) with { Alpha = new PixelImage(8, 9, 1) };
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ContactSheet.Compose([example], Cell));
        Assert.Contains("9x9", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("8x9", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ContactSheet.Compose([], Cell));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContactSheet.Compose([Example(9, 9, 0, 0)], 10));
    }

    [Fact]
    public void Differences_darken_step_by_step_and_stop_at_the_full_scale()
    {
        PixelImage truth = new(256, 1, 1), alpha = new(256, 1, 1, [.. Enumerable.Range(0, 256).Select(level => (byte)level)]);
        PixelImage map = DifferenceMap.Of(truth, alpha), mirrored = DifferenceMap.Of(alpha, truth);
        Assert.Equal(map.Pixels, mirrored.Pixels);
        Assert.Equal((255, 255, 255), ColourAt(map, 0, 0));
        int[] brightness = [.. map.Pixels.Chunk(3).Select(pixel => pixel[0] + pixel[1] + pixel[2])];
        Assert.All(brightness.Zip(brightness.Skip(1)).Take(127), pair => Assert.True(pair.First >= pair.Second));
        Assert.All(brightness[128..], value => Assert.Equal(130, value));
    }

    [Fact]
    public void Text_leaves_ink_where_it_is_drawn_and_is_cut_at_the_border()
    {
        PixelImage page = new(80, 20, 3);
        TextPainter.Draw(page, "mse 0.25", 4, 15, 10, new Vector3(255, 255, 255));
        float width = TextPainter.Measure("mse 0.25", 10);
        int rightmost = Enumerable.Range(0, page.Width).Last(x => Enumerable.Range(0, page.Height).Any(y => ColourAt(page, x, y).Red > 0));
        Assert.InRange(rightmost, 4 + width - 2, 4 + width + 2); // a pen of about one pixel
        TextPainter.Draw(page, "beyond every border", -30, 3, 40, new Vector3(255, 0, 0));
    }

    [Fact]
    public void Every_printable_letter_and_digit_has_a_glyph_of_its_own()
    {
        string known = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-_/()%=+";
        Assert.Equal(known.Length - 1, known.Select(letter => string.Join(" ", StrokeFont.Of(letter).Strokes)).Distinct().Count()); // I and l are both one stroke
        Assert.All(known, letter => Assert.NotSame(StrokeFont.Of('é'), StrokeFont.Of(letter)));
        Assert.All(known, letter => Assert.All(StrokeFont.Of(letter).Strokes, stroke => Assert.InRange(stroke.From.Y, -0.5f, 11)));
    }

    [Theory]
    [InlineData("000012.png", 200, "000012.png")]
    [InlineData("a very long name of a picture.png", 80, "...")]
    public void A_caption_that_is_too_wide_loses_its_middle(string text, float widest, string contains)
    {
        string fitted = TextPainter.Fit(text, 9, widest);
        Assert.True(TextPainter.Measure(fitted, 9) <= widest);
        Assert.Contains(contains, fitted, StringComparison.Ordinal);
        Assert.Equal(text[0], fitted[0]);
        Assert.Equal(text[^1], fitted[^1]);
    }

    private static SheetExample Example(int width, int height, byte truth, byte alpha)
    {
        PixelImage image = new(width, height, 3);
        for (int i = 0; i < width * height; i++)
            (image.Pixels[3 * i], image.Pixels[3 * i + 1], image.Pixels[3 * i + 2]) = (10, 200, 30);
        return new SheetExample("a.png", image, Grey(width, height, truth), Grey(width, height, alpha));
    }

    private static PixelImage Grey(int width, int height, byte level)
    {
        PixelImage grey = new(width, height, 1);
        Array.Fill(grey.Pixels, level);
        return grey;
    }

    private static (int Left, int Top) FirstCell(PixelImage sheet) => (28, 28 + 34);

    private static (int Red, int Green, int Blue) ColourAt(PixelImage picture, int x, int y)
    {
        Span<byte> pixel = picture.Row(y).Slice(3 * x, 3);
        return (pixel[0], pixel[1], pixel[2]);
    }
}
