using Matting.Shared.Imaging;
using Matting.Shared.Imaging.Drawing;

namespace Matting.Runtime.Cli.Sheets;

/// <summary>A row of a sheet: pictures that belong together.</summary>
/// <param name="Caption">Below them, on the left.</param>
/// <param name="Note">Below them, on the right; may be empty.</param>
/// <param name="Cells">Grey or RGB, as many as the sheet has columns.</param>
internal sealed record SheetRow(string Caption, string Note, IReadOnlyList<PixelImage> Cells);

/// <summary>Sets rows of pictures under named columns; more than four rows go side by side in two groups.</summary>
internal static class PictureSheet
{
    private const int GroupGap = 36;
    private const int LineGap = 14;
    private const int CaptionHeight = 24;

    /// <summary>Draws a sheet.</summary>
    /// <param name="title">Stands above everything.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="cell">Side of a picture's square in pixels.</param>
    /// <returns>RGB.</returns>
    public static PixelImage Compose(string title, IReadOnlyList<string> columns, IReadOnlyList<SheetRow> rows, int cell)
    {
        int groups = rows.Count > 4 ? 2 : 1;
        int lines = (rows.Count + groups - 1) / groups;
        int groupWidth = (columns.Count * cell) + ((columns.Count - 1) * SheetCanvas.CellGap);
        int lineHeight = cell + CaptionHeight + LineGap;
        int head = SheetCanvas.Margin + SheetCanvas.TitleHeight, top = head + SheetCanvas.HeadHeight;
        SheetCanvas sheet = new(
            (2 * SheetCanvas.Margin) + (groups * groupWidth) + ((groups - 1) * GroupGap),
            top + (lines * lineHeight) - LineGap + SheetCanvas.Margin);
        float titleWidth = sheet.Image.Width - (2 * SheetCanvas.Margin);
        sheet.Text(TextPainter.Fit(title, SheetCanvas.TitleCapital, titleWidth), SheetCanvas.Margin, SheetCanvas.Margin + SheetCanvas.TitleCapital, SheetCanvas.TitleCapital, SheetCanvas.Ink);
        for (int group = 0; group < groups; group++)
        {
            for (int column = 0; column < columns.Count; column++)
            {
                int x = SheetCanvas.Margin + (group * (groupWidth + GroupGap)) + (column * (cell + SheetCanvas.CellGap));
                sheet.Text(columns[column], x, head + SheetCanvas.HeadCapital + 4, SheetCanvas.HeadCapital, SheetCanvas.Ink);
            }
        }
        for (int i = 0; i < rows.Count; i++)
            DrawRow(sheet, rows[i], SheetCanvas.Margin + (i % groups * (groupWidth + GroupGap)), top + (i / groups * lineHeight), cell, groupWidth);
        return sheet.Image;
    }

    private static void DrawRow(SheetCanvas sheet, SheetRow row, int left, int top, int cell, int width)
    {
        for (int column = 0; column < row.Cells.Count; column++)
            sheet.Picture(row.Cells[column], left + (column * (cell + SheetCanvas.CellGap)), top, cell);
        float baseline = top + cell + 7 + SheetCanvas.CaptionCapital;
        float noteWidth = sheet.TextTo(row.Note, left + width, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Faint);
        string caption = TextPainter.Fit(row.Caption, SheetCanvas.CaptionCapital, width - noteWidth - 24);
        sheet.Text(caption, left, baseline, SheetCanvas.CaptionCapital, SheetCanvas.Faint);
    }
}
