using System.Globalization;
using Matting.Runtime.Cli.Sheets;
using Matting.Shared.Imaging;
using Matting.Shared.Imaging.Drawing;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>Draws the worst pictures of a comparison: the picture where it is known, A, B, and where they differ.</summary>
internal static class ComparisonSheet
{
    private const int Cell = 184;

    public static PixelImage Compose(Comparer comparer, ComparisonReport report, FolderSource? pictures, int worst, CancellationToken cancellation)
    {
        SheetRow[] rows = [.. report.Worst(worst).Select(picture => Row(comparer, picture, pictures, cancellation))];
        string[] columns = pictures is null ? ["A", "B", "difference"] : ["picture", "A", "B", "difference"];
        return PictureSheet.Compose($"{Path.GetFileName(report.A)} and {Path.GetFileName(report.B)}", columns, rows, Cell);
    }

    private static SheetRow Row(Comparer comparer, PictureDifference picture, FolderSource? pictures, CancellationToken cancellation)
    {
        (PixelImage first, PixelImage second) = comparer.Pair(picture.Name, cancellation);
        PixelImage difference = Levels.Difference(first, second);
        PixelImage map = DifferenceMap.Of(new PixelImage(difference.Width, difference.Height, 1), difference);
        List<PixelImage> cells = [Thumbnail.Of(Thumbnail.Opaque(first), Cell), Thumbnail.Of(Thumbnail.Opaque(second), Cell), Thumbnail.Of(map, Cell)];
        if (pictures is not null)
        {
            cells.Insert(0, pictures.Names.Contains(picture.Name)
                ? Thumbnail.Of(ImageFile.ReadRgb(pictures.FileOf(picture.Name)), Cell)
                : new PixelImage(Cell, Cell, 1));
        }
        return new SheetRow(picture.Name, string.Create(CultureInfo.InvariantCulture, $"mse {picture.Mse:0.000000}, maximum {picture.Maximum}"), cells);
    }
}
