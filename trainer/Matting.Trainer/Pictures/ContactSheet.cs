using System.Globalization;
using System.Numerics;
using Matting.Shared.Imaging;

namespace Matting.Trainer.Pictures;

/// <summary>One example on a contact sheet.</summary>
/// <param name="Caption">Below the pictures, for instance the file's name.</param>
/// <param name="Image">RGB.</param>
/// <param name="Truth">Grey, of the same size.</param>
/// <param name="Alpha">Grey, of the same size: the prediction.</param>
public sealed record SheetExample(string Caption, PixelImage Image, PixelImage Truth, PixelImage Alpha)
{
    /// <summary>Mean squared error of the prediction, alphas in 0..1, at the size of the pictures.</summary>
    public double Mse()
    {
        long sum = 0;
        for (int i = 0; i < Truth.Pixels.Length; i++)
        {
            int difference = Truth.Pixels[i] - Alpha.Pixels[i];
            sum += difference * difference;
        }
        return sum / (255.0 * 255.0 * Truth.Pixels.Length);
    }
}

/// <summary>Puts examples side by side: image, truth, alpha and their difference, with captions, on a light ground.</summary>
public static class ContactSheet
{
    private const int Margin = 28;
    private const int CellGap = 6;
    private const int GroupGap = 36;
    private const int LineGap = 14;
    private const int HeadHeight = 34;
    private const int CaptionHeight = 24;
    private const int FootHeight = 38;
    private const float HeadCapital = 11;
    private const float CaptionCapital = 9;
    private static readonly string[] Columns = ["image", "truth", "alpha", "difference"];
    private static readonly Vector3 Paper = new(250, 250, 251);
    private static readonly Vector3 Panel = new(238, 240, 243);
    private static readonly Vector3 Frame = new(218, 221, 226);
    private static readonly Vector3 Ink = new(38, 42, 50);
    private static readonly Vector3 Faint = new(116, 122, 134);

    /// <summary>Composes a sheet; more than four examples are set in two columns.</summary>
    /// <param name="examples">At least one.</param>
    /// <param name="cell">Side of a picture's square on the sheet in pixels, 64 or more; pictures keep their proportions.</param>
    /// <returns>RGB.</returns>
    /// <exception cref="ArgumentException">There is no example, or the pictures of one do not fit together.</exception>
    public static PixelImage Compose(IReadOnlyList<SheetExample> examples, int cell = 184)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(cell, 64);
        int groups = examples.Count > 4 ? 2 : 1;
        int lines = (examples.Count + groups - 1) / groups;
        int groupWidth = Columns.Length * cell + (Columns.Length - 1) * CellGap;
        int lineHeight = cell + CaptionHeight + LineGap;
        PixelImage sheet = new(
            2 * Margin + groups * groupWidth + (groups - 1) * GroupGap, 2 * Margin + HeadHeight + lines * lineHeight - LineGap + FootHeight, 3);
        Fill(sheet, 0, 0, sheet.Width, sheet.Height, Paper);
        for (int group = 0; group < groups; group++)
            DrawHead(sheet, Margin + group * (groupWidth + GroupGap), cell);
        for (int i = 0; i < examples.Count; i++)
        {
            int left = Margin + i % groups * (groupWidth + GroupGap);
            DrawExample(sheet, examples[i], left, Margin + HeadHeight + i / groups * lineHeight, cell, groupWidth);
        }
        DrawFoot(sheet, examples);
        return sheet;
    }

    private static void DrawHead(PixelImage sheet, int left, int cell)
    {
        for (int column = 0; column < Columns.Length; column++)
            TextPainter.Draw(sheet, Columns[column], left + column * (cell + CellGap), Margin + HeadCapital + 4, HeadCapital, Ink);
    }

    private static void DrawExample(PixelImage sheet, SheetExample example, int left, int top, int cell, int groupWidth)
    {
        PixelImage[] pictures = [example.Image, example.Truth, example.Alpha, DifferenceMap.Of(example.Truth, example.Alpha)];
        for (int column = 0; column < pictures.Length; column++)
            DrawPicture(sheet, pictures[column], left + column * (cell + CellGap), top, cell);
        float baseline = top + cell + 7 + CaptionCapital;
        string mse = string.Create(CultureInfo.InvariantCulture, $"mse {example.Mse():0.0000}");
        float mseWidth = TextPainter.Measure(mse, CaptionCapital);
        TextPainter.Draw(sheet, TextPainter.Fit(example.Caption, CaptionCapital, groupWidth - mseWidth - 24), left, baseline, CaptionCapital, Faint);
        TextPainter.Draw(sheet, mse, left + groupWidth - mseWidth, baseline, CaptionCapital, Faint);
    }

    /// <summary>What the colours mean, and the mean over the examples.</summary>
    private static void DrawFoot(PixelImage sheet, IReadOnlyList<SheetExample> examples)
    {
        const int BarWidth = 150, BarHeight = 9;
        float baseline = sheet.Height - Margin;
        float x = Margin;
        TextPainter.Draw(sheet, "difference  0", x, baseline, CaptionCapital, Faint);
        x += TextPainter.Measure("difference  0", CaptionCapital) + 8;
        for (int i = 0; i < BarWidth; i++)
        {
            byte[] colour = DifferenceMap.ColourOf(DifferenceMap.FullScale * i / (BarWidth - 1));
            Fill(sheet, (int)x + i, (int)baseline - BarHeight, 1, BarHeight, new Vector3(colour[0], colour[1], colour[2]));
        }
        string scale = string.Create(CultureInfo.InvariantCulture, $"{DifferenceMap.FullScale:0.0} and more");
        TextPainter.Draw(sheet, scale, x + BarWidth + 8, baseline, CaptionCapital, Faint);
        string pictures = examples.Count == 1 ? "1 picture" : $"{examples.Count} pictures";
        string mean = string.Create(CultureInfo.InvariantCulture, $"{pictures}, mean mse {examples.Average(example => example.Mse()):0.0000}");
        TextPainter.Draw(sheet, mean, sheet.Width - Margin - TextPainter.Measure(mean, CaptionCapital), baseline, CaptionCapital, Ink);
    }

    /// <summary>Draws a picture as large as its square allows, centred.</summary>
    private static void DrawPicture(PixelImage sheet, PixelImage picture, int left, int top, int cell)
    {
        // a hair line around the square: white differences would melt into the paper
        Fill(sheet, left - 1, top - 1, cell + 2, cell + 2, Frame);
        Fill(sheet, left, top, cell, cell, Panel);
        double scale = (double)cell / Math.Max(picture.Width, picture.Height);
        int width = Math.Max(1, (int)Math.Round(picture.Width * scale)), height = Math.Max(1, (int)Math.Round(picture.Height * scale));
        PixelImage sized = picture.Width == width && picture.Height == height ? picture : PillowResize.Bilinear(picture, width, height);
        left += (cell - width) / 2;
        top += (cell - height) / 2;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> source = sized.Row(y);
            Span<byte> target = sheet.Row(top + y).Slice(3 * left, 3 * width);
            if (sized.Channels == 3)
            {
                source.CopyTo(target);
                continue;
            }
            for (int x = 0; x < width; x++)
                target.Slice(3 * x, 3).Fill(source[x]);
        }
    }

    private static void Fill(PixelImage sheet, int left, int top, int width, int height, Vector3 colour)
    {
        for (int y = top; y < top + height; y++)
        {
            Span<byte> row = sheet.Row(y);
            for (int x = left; x < left + width; x++)
                (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
        }
    }
}
