using Matting.Shared.Imaging;
using Matting.Trainer.Data;

namespace Matting.Trainer.Pictures;

/// <summary>Collects the examples of a contact sheet from a CSV and a folder of predicted alphas.</summary>
public static class SheetExamples
{
    private const int NamedInMessage = 5;

    /// <summary>Reads examples that are spread evenly over the CSV.</summary>
    /// <param name="table">Pictures and their true alphas.</param>
    /// <param name="alphaFolder">Holds a PNG for each picture, named like it.</param>
    /// <param name="count">How many at most; 1 or more.</param>
    /// <param name="options">How pictures are read.</param>
    /// <exception cref="TrainingException">A prediction is missing, a file unreadable, or sizes differ; the message names the files.</exception>
    public static IReadOnlyList<SheetExample> Read(SampleTable table, string alphaFolder, int count, ImageReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!Directory.Exists(alphaFolder))
            throw new TrainingException($"{alphaFolder}: there is no such folder of predicted alphas");
        int[] chosen = Spread(table.Rows.Count, count);
        string[] alphas = [.. chosen.Select(i => AlphaPath(alphaFolder, table.Rows[i].ImagePath))];
        string[] missing = [.. alphas.Where(file => !File.Exists(file))];
        if (missing.Length > 0)
        {
            string named = string.Join(", ", missing.Take(NamedInMessage).Select(Path.GetFileName));
            string more = missing.Length > NamedInMessage ? $" and {missing.Length - NamedInMessage} more" : "";
            throw new TrainingException($"{alphaFolder}: {missing.Length} of {alphas.Length} predicted alphas are missing: {named}{more}");
        }
        PairReader pairs = new(table, options);
        return [.. chosen.Zip(alphas, (i, alpha) => ReadOne(pairs, i, table.Rows[i].ImagePath, alpha, options))];
    }

    private static SheetExample ReadOne(PairReader pairs, int index, string imagePath, string alphaPath, ImageReadOptions options)
    {
        (PixelImage image, PixelImage truth) = pairs.Read(index);
        PixelImage alpha = ImageFile.ReadGrey(alphaPath, options);
        if (alpha.Width != truth.Width || alpha.Height != truth.Height)
        {
            throw new TrainingException(
                $"{alphaPath}: the predicted alpha is {alpha.Width}x{alpha.Height} and its picture {truth.Width}x{truth.Height} pixels (width x height)");
        }
        return new SheetExample(Path.GetFileName(imagePath), image, truth, alpha);
    }

    private static string AlphaPath(string folder, string imagePath) => Path.Combine(folder, Path.GetFileNameWithoutExtension(imagePath) + ".png");

    /// <summary>Indices 0..total-1, as evenly as whole numbers allow, the first one included.</summary>
    private static int[] Spread(int total, int count)
    {
        int taken = Math.Min(total, count);
        return [.. Enumerable.Range(0, taken).Select(i => (int)((long)i * total / taken))];
    }
}
