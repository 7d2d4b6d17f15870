using System.Globalization;
using System.Text;
using System.Text.Json;
using Matting.CommandLine;
using Matting.Shared.Files;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>Writes a comparison: a row a picture as CSV, or the whole report as JSON.</summary>
internal static class ComparisonFile
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Refuses names of other kinds before anything is compared.</summary>
    /// <exception cref="UserErrorException">The extension is another one, or the file exists.</exception>
    public static void Check(string path, bool overwrite)
    {
        if (!IsCsv(path) && !IsJson(path))
            throw UserErrorException.Usage($"--out {path}: expected a name that ends in .csv or .json");
        if (!overwrite && Path.Exists(path))
            throw new UserErrorException($"{path} exists already (--overwrite replaces it)");
    }

    public static void Write(string path, ComparisonReport report, bool overwrite) =>
        AtomicFile.WriteText(path, IsJson(path) ? Json(report) + "\n" : Csv(report), overwrite);

    public static string Json(ComparisonReport report) => JsonSerializer.Serialize(report, Format);

    private static string Csv(ComparisonReport report)
    {
        StringBuilder text = new("filename,width,height,mse,sad,maximum,equal_share\n");
        foreach (PictureDifference picture in report.Pictures)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{CsvField.Of(picture.Name)},{picture.Width},{picture.Height},{picture.Mse:R},{picture.Sad:R},{picture.Maximum},{picture.EqualShare:R}\n");
        }
        return text.ToString();
    }

    private static bool IsCsv(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string path) => Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
}
