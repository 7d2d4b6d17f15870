using System.Globalization;
using System.Numerics;
using Matting.Shared.Imaging;
using Matting.Shared.Imaging.Drawing;

namespace Matting.Trainer.Pictures;

/// <summary>One example on a contact sheet.</summary>
/// <param name="Caption">Below the pictures, for instance the file's name.</param>
/// <param name="Image">RGB.</param>
/// <param name="Truth">Grey, of the same size.</param>
/// <param name="Alpha">Grey, of the same size: the prediction.</param>
public sealed record SheetExample(string Caption, PixelImage Image, PixelImage Truth, PixelImage Alpha)
{
    /// <summary>The error to write where it is known better than these pictures tell, which have but 256 levels; null: what they tell.</summary>
    public double? KnownMse { get; init; }

    /// <summary>Mean squared error of the prediction, alphas in 0..1, at the size of the pictures unless it is known already.</summary>
    public double Mse()
    {
        if (KnownMse is double known)
            return known;
        long sum = 0;
        for (int i = 0; i < Truth.Pixels.Length; i++)
        {
            int difference = Truth.Pixels[i] - Alpha.Pixels[i];
            sum += difference * difference;
        }
        return sum / (255.0 * 255.0 * Truth.Pixels.Length);
    }
}

/// <summary>Puts examples side by side: image, truth, prediction and their difference, with captions, on a light ground.</summary>
public static class ContactSheet
{
    private const int GroupGap = 36;
    private const int LineGap = 14;
    private const int CaptionHeight = 24;
    private const int FootHeight = 38;
    private static readonly string[] Columns = ["image", "truth", "prediction", "difference"];

    /// <summary>Composes a sheet; more than four examples are set in two columns.</summary>
    /// <param name="examples">At least one.</param>
    /// <param name="cell">Side of a picture's square on the sheet in pixels, 64 or more; pictures keep their proportions.</param>
    /// <param name="title">Stands above everything; null: nothing does.</param>
    /// <returns>RGB.</returns>
    /// <exception cref="ArgumentException">There is no example, or the pictures of one do not fit together.</exception>
    public static PixelImage Compose(IReadOnlyList<SheetExample> examples, int cell = 184, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(cell, 64);
        int groups = examples.Count > 4 ? 2 : 1;
        int lines = (examples.Count + groups - 1) / groups;
        int groupWidth = Columns.Length * cell + (Columns.Length - 1) * SheetCanvas.CellGap;
        int lineHeight = cell + CaptionHeight + LineGap;
        int top = SheetCanvas.Margin + (title is null ? 0 : SheetCanvas.TitleHeight);
        SheetCanvas sheet = new(
            2 * SheetCanvas.Margin + groups * groupWidth + (groups - 1) * GroupGap,
            top + SheetCanvas.HeadHeight + lines * lineHeight - LineGap + FootHeight + SheetCanvas.Margin);
        if (title is not null)
            sheet.Text(title, SheetCanvas.Margin, SheetCanvas.Margin + SheetCanvas.TitleCapital, SheetCanvas.TitleCapital, SheetCanvas.Ink);
        for (int group = 0; group < groups; group++)
            DrawHead(sheet, SheetCanvas.Margin + group * (groupWidth + GroupGap), top, cell);
        for (int i = 0; i < examples.Count; i++)
        {
            int left = SheetCanvas.Margin + i % groups * (groupWidth + GroupGap);
            DrawExample(sheet, examples[i], left, top + SheetCanvas.HeadHeight + i / groups * lineHeight, cell, groupWidth);
        }
        DrawFoot(sheet, examples);
        return sheet.Image;
    }

    private static void DrawHead(SheetCanvas sheet, int left, int top, int cell)
    {
        for (int column = 0; column < Columns.Length; column++)
        {
            sheet.Text(Columns[column], left + column * (cell + SheetCanvas.CellGap), top + SheetCanvas.HeadCapital + 4,
                SheetCanvas.HeadCapital, SheetCanvas.Ink);
        }
    }

    private static void DrawExample(SheetCanvas sheet, SheetExample example, int left, int top, int cell, int groupWidth)
    {
        PixelImage[] pictures = [example.Image, example.Truth, example.Alpha, DifferenceMap.Of(example.Truth, example.Alpha)];
        for (int column = 0; column < pictures.Length; column++)
            sheet.Picture(pictures[column], left + column * (cell + SheetCanvas.CellGap), top, cell);
        float baseline = top + cell + 7 + SheetCanvas.CaptionCapital;
        string mse = string.Create(CultureInfo.InvariantCulture, $"mse {example.Mse():0.0000}");
        float mseWidth = sheet.TextTo(mse, left + groupWidth, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Faint);
        string caption = TextPainter.Fit(example.Caption, SheetCanvas.CaptionCapital, groupWidth - mseWidth - 24);
        sheet.Text(caption, left, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Faint);
    }

    /// <summary>What the colours mean, and the mean over the examples.</summary>
    private static void DrawFoot(SheetCanvas sheet, IReadOnlyList<SheetExample> examples)
    {
        const int BarWidth = 150, BarHeight = 9;
        float baseline = sheet.Image.Height - SheetCanvas.Margin;
        float x = SheetCanvas.Margin;
        sheet.Text("difference  0", x, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Faint);
        x += TextPainter.Measure("difference  0", SheetCanvas.CaptionCapital) + 8;
        for (int i = 0; i < BarWidth; i++)
        {
            byte[] colour = DifferenceMap.ColourOf(DifferenceMap.FullScale * i / (BarWidth - 1));
            sheet.Fill((int)x + i, (int)baseline - BarHeight, 1, BarHeight, new Vector3(colour[0], colour[1], colour[2]));
        }
        string scale = string.Create(CultureInfo.InvariantCulture, $"{DifferenceMap.FullScale:0.0} and more");
        sheet.Text(scale, x + BarWidth + 8, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Faint);
        string pictures = examples.Count == 1 ? "1 picture" : $"{examples.Count} pictures";
        string mean = string.Create(CultureInfo.InvariantCulture, $"{pictures}, mean mse {examples.Average(example => example.Mse()):0.0000}");
        sheet.TextTo(mean, sheet.Image.Width - SheetCanvas.Margin, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Ink);
    }
}
