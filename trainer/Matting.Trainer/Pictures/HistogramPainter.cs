using System.Globalization;
using System.Numerics;
using Matting.Shared.Imaging.Drawing;

namespace Matting.Trainer.Pictures;

/// <summary>Draws an <see cref="AlphaHistogram"/> with logarithmic heights: beside the many pixels of 0 and 1 the others would vanish.</summary>
internal static class HistogramPainter
{
    // the axis: from a hundredth of a per cent to all
    private const double SmallestShare = 1e-4;
    private const int Decades = 4;
    private const int Left = 44, Right = 14, Top = 34, Bottom = 24;
    private const float LabelCapital = 8;
    private static readonly Vector3 MidTone = new(42, 111, 151), Rest = new(168, 176, 188), Grid = new(226, 229, 233);

    /// <summary>Draws it into a frame, the share of mid-tones written above the bars.</summary>
    public static void Draw(SheetCanvas sheet, AlphaHistogram histogram, int left, int top, int width, int height)
    {
        sheet.Cell(left, top, width, height);
        sheet.Fill(left, top, width, height, new Vector3(255, 255, 255));
        int x0 = left + Left, y0 = top + Top, plotWidth = width - Left - Right, plotHeight = height - Top - Bottom;
        for (int decade = 0; decade <= Decades; decade += 2)
        {
            int y = y0 + plotHeight * decade / Decades;
            sheet.Fill(x0, Math.Min(y, y0 + plotHeight - 1), plotWidth, 1, Grid);
            string label = string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Pow(10, -decade):0.##} %");
            sheet.TextTo(label, x0 - 6, y + LabelCapital / 2, LabelCapital, SheetCanvas.Faint);
        }
        for (int bin = 0; bin < AlphaHistogram.Bins; bin++)
        {
            int from = x0 + plotWidth * bin / AlphaHistogram.Bins, to = x0 + plotWidth * (bin + 1) / AlphaHistogram.Bins;
            int bar = (int)Math.Round(plotHeight * Height(histogram.Shares[bin]));
            sheet.Fill(from, y0 + plotHeight - bar, Math.Max(1, to - from - 1), bar, AlphaHistogram.IsMidToneBin(bin) ? MidTone : Rest);
        }
        foreach ((double place, string label) in new[] { (0, "0"), (0.5, "0.5"), (1.0, "1") })
        {
            float labelWidth = TextPainter.Measure(label, LabelCapital);
            sheet.Text(label, x0 + (float)(plotWidth * place) - labelWidth / 2, y0 + plotHeight + 8 + LabelCapital, LabelCapital, SheetCanvas.Faint);
        }
        string midTones = string.Create(CultureInfo.InvariantCulture, $"mid-tones {100 * histogram.MidTones:0.0} %");
        sheet.Text(midTones, x0, top + 11 + SheetCanvas.HeadCapital, SheetCanvas.HeadCapital, MidTone);
    }

    /// <summary>The height of a bar, 0 to 1; whatever is there at all can be seen.</summary>
    internal static double Height(double share) =>
        share <= 0 ? 0 : Math.Max(0.02, 1 + Math.Log10(Math.Max(share, SmallestShare)) / Decades);
}
