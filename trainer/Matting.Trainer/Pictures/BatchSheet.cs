using System.Globalization;
using Matting.Shared.Imaging;
using Matting.Shared.Imaging.Drawing;

namespace Matting.Trainer.Pictures;

/// <summary>A sample of a training batch.</summary>
/// <param name="Image">RGB.</param>
/// <param name="Alpha">Grey, of the same size.</param>
public sealed record BatchExample(PixelImage Image, PixelImage Alpha);

/// <summary>Shows what a network learns from: image, alpha and the histogram of the alpha, with the share of mid-tones.</summary>
public static class BatchSheet
{
    private const int GroupGap = 36;
    private const int LineGap = 14;
    private const int FootHeight = 38;
    private const double HistogramSides = 1.6;
    private static readonly string[] Columns = ["image", "alpha", "histogram of the alpha"];

    /// <summary>Composes a sheet; more than four samples are set in two columns.</summary>
    /// <param name="examples">At least one.</param>
    /// <param name="title">Stands above everything.</param>
    /// <param name="cell">Side of a picture's square on the sheet in pixels, 96 or more.</param>
    /// <returns>RGB.</returns>
    /// <exception cref="ArgumentException">There is no sample, or an alpha is not grey.</exception>
    public static PixelImage Compose(IReadOnlyList<BatchExample> examples, string title, int cell = 184)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(cell, 96);
        int groups = examples.Count > 4 ? 2 : 1;
        int lines = (examples.Count + groups - 1) / groups;
        int plot = (int)(cell * HistogramSides);
        int groupWidth = 2 * (cell + SheetCanvas.CellGap) + plot;
        int head = SheetCanvas.Margin + SheetCanvas.TitleHeight;
        int top = head + SheetCanvas.HeadHeight;
        SheetCanvas sheet = new(
            2 * SheetCanvas.Margin + groups * groupWidth + (groups - 1) * GroupGap,
            top + lines * (cell + LineGap) - LineGap + FootHeight + SheetCanvas.Margin);
        sheet.Text(title, SheetCanvas.Margin, SheetCanvas.Margin + SheetCanvas.TitleCapital, SheetCanvas.TitleCapital, SheetCanvas.Ink);
        for (int group = 0; group < groups; group++)
        {
            for (int column = 0; column < Columns.Length; column++)
            {
                int x = SheetCanvas.Margin + group * (groupWidth + GroupGap) + column * (cell + SheetCanvas.CellGap);
                sheet.Text(Columns[column], x, head + SheetCanvas.HeadCapital + 4, SheetCanvas.HeadCapital, SheetCanvas.Ink);
            }
        }
        for (int i = 0; i < examples.Count; i++)
        {
            int x = SheetCanvas.Margin + i % groups * (groupWidth + GroupGap), y = top + i / groups * (cell + LineGap);
            sheet.Picture(examples[i].Image, x, y, cell);
            sheet.Picture(examples[i].Alpha, x + cell + SheetCanvas.CellGap, y, cell);
            HistogramPainter.Draw(sheet, AlphaHistogram.Of(examples[i].Alpha), x + 2 * (cell + SheetCanvas.CellGap), y, plot, cell);
        }
        DrawFoot(sheet, AlphaHistogram.Of([.. examples.Select(example => example.Alpha)]));
        return sheet.Image;
    }

    private static void DrawFoot(SheetCanvas sheet, AlphaHistogram all)
    {
        float baseline = sheet.Image.Height - SheetCanvas.Margin;
        string meaning = string.Create(CultureInfo.InvariantCulture,
            $"mid-tones: {AlphaHistogram.MidToneFrom} to {AlphaHistogram.MidToneTo}; heights are logarithmic");
        string whole = string.Create(CultureInfo.InvariantCulture, $"all together: mid-tones {100 * all.MidTones:0.0} %, mean {all.Mean:0.00}");
        float width = sheet.TextTo(whole, sheet.Image.Width - SheetCanvas.Margin, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Ink);
        float room = sheet.Image.Width - 2 * SheetCanvas.Margin - width - 24;
        sheet.Text(TextPainter.Fit(meaning, SheetCanvas.CaptionCapital, room), SheetCanvas.Margin, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Faint);
    }
}
