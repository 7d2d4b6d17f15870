using Matting.Shared.Imaging;

namespace Matting.Trainer.Data;

/// <summary>Reads the picture and the alpha of a sample.</summary>
/// <param name="table">The samples.</param>
/// <param name="options">How pictures are read.</param>
internal sealed class PairReader(SampleTable table, ImageReadOptions options)
{
    /// <summary>Number of samples.</summary>
    public int Count => table.Rows.Count;

    /// <summary>Reads a sample: RGB and grey of equal size.</summary>
    /// <exception cref="UnreadableSampleException">A file is unreadable, or the sizes differ; the message names CSV, row and files.</exception>
    public (PixelImage Rgb, PixelImage Alpha) Read(int index)
    {
        SampleRow row = table.Rows[index];
        try
        {
            PixelImage rgb = ImageFile.ReadRgb(row.ImagePath, options);
            PixelImage alpha = ImageFile.ReadGrey(row.AlphaPath, options);
            if (rgb.Width == alpha.Width && rgb.Height == alpha.Height)
                return (rgb, alpha);
            throw new UnreadableSampleException(
                $"{table.File} row {row.Row}: the picture is {rgb.Width}x{rgb.Height} and its alpha {alpha.Width}x{alpha.Height} pixels " +
                $"(width x height), they must be equal: {row.ImagePath}, {row.AlphaPath}");
        }
        catch (ImageFileException e)
        {
            throw new UnreadableSampleException($"{table.File} row {row.Row}: {e.Message}", e);
        }
    }
}
