using Matting.Shared.Files;

namespace Matting.Trainer.Evaluation;

/// <summary>Writes a report to a file, as CSV or JSON by its name.</summary>
public static class EvaluationFile
{
    private const string Csv = ".csv";
    private const string Json = ".json";

    /// <summary>True for names that <see cref="Write"/> knows what to do with.</summary>
    public static bool IsKnown(string path) => Path.GetExtension(path).ToLowerInvariant() is Csv or Json;

    /// <summary>Writes the report, whole or not at all.</summary>
    /// <param name="path">A <c>.csv</c> or <c>.json</c> file.</param>
    /// <param name="report">The report.</param>
    /// <param name="overwrite">False: an existing file is an error.</param>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    /// <exception cref="IOException">The file exists and may not be replaced, or the disk refuses.</exception>
    public static void Write(string path, EvaluationReport report, bool overwrite = true)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!IsKnown(path))
            throw new ArgumentException($"{path}: a report is written as {Csv} or {Json}", nameof(path));
        bool csv = Path.GetExtension(path).Equals(Csv, StringComparison.OrdinalIgnoreCase);
        AtomicFile.WriteText(path, csv ? EvaluationCsv.Of(report) : EvaluationJson.Of(report), overwrite);
    }
}
