using System.Text;
using Matting.Shared.Files;

namespace Matting.Trainer.Preparation;

/// <summary>Writes the CSV files: <c>image_path</c> and <c>alpha_path</c> relative to the CSV, <c>text</c> where cut-outs have captions.</summary>
internal static class PreparedTable
{
    /// <summary>Every pair, by the names of the cut-outs.</summary>
    public const string Pairs = "pairs.csv";

    /// <summary>The pairs to train on, shuffled.</summary>
    public const string Train = "train.csv";

    /// <summary>The pairs to validate with, shuffled.</summary>
    public const string Validation = "val.csv";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Pairs, Train, Validation];

    /// <summary>Rows that go through all cut-outs once for each background: the first rows are as different as can be.</summary>
    public static IEnumerable<(Cutout Cutout, int Number)> Rounds(IReadOnlyList<Cutout> cutouts, int backgrounds) =>
        Enumerable.Range(0, backgrounds).SelectMany(number => cutouts.Select(cutout => (cutout, number)));

    /// <summary>Rows that keep the composites of a cut-out together.</summary>
    public static IEnumerable<(Cutout Cutout, int Number)> Grouped(IReadOnlyList<Cutout> cutouts, int backgrounds) =>
        cutouts.SelectMany(cutout => Enumerable.Range(0, backgrounds).Select(number => (cutout, number)));

    /// <summary>Writes a CSV; it appears only when it is whole.</summary>
    public static void Write(string path, IEnumerable<(Cutout Cutout, int Number)> rows, CutoutCaptions captions)
    {
        StringBuilder text = new("image_path,alpha_path,text\n");
        foreach ((Cutout cutout, int number) in rows)
        {
            string image = PreparedNames.Composite(cutout.Identity, number), alpha = PreparedNames.Alpha(cutout.Identity);
            text.Append(CsvField.Of(image)).Append(',').Append(CsvField.Of(alpha)).Append(',').Append(CsvField.Of(captions.Of(cutout.Identity))).Append('\n');
        }
        AtomicFile.WriteText(path, text.ToString());
    }
}
