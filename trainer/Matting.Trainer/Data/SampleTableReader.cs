using System.Text;
using CsvHelper;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Data;

/// <summary>Reads CSV files with the columns <c>image_path</c> and <c>alpha_path</c>; other columns do not matter.</summary>
public static class SampleTableReader
{
    private const string ImageColumn = "image_path";
    private const string AlphaColumn = "alpha_path";
    private const int LongestQuote = 80;

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        // two paths: whatever is longer is not such a file
        MaxRecordSize = 1 << 20,
    };

    // wrong bytes in a path would otherwise become a missing file with an odd name
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one CSV.</summary>
    /// <param name="file">The CSV, UTF-8 (or with a byte order mark).</param>
    /// <param name="root">Relative paths are tried against it first, then against the CSV's folder; null: only the latter.</param>
    /// <param name="limit">How many samples from the top are used; null: all.</param>
    /// <exception cref="SampleTableException">The CSV cannot be used; missing files are all named at once.</exception>
    public static SampleTable Read(string file, string? root = null, int? limit = null)
    {
        List<SampleProblem> problems = [];
        SampleTable table = Read(file, root, limit, problems);
        return problems.Count == 0 ? table : throw new SampleTableException(problems);
    }

    /// <summary>Reads several CSVs and reports the problems of all of them together; see <see cref="Read(string, string, int?)"/>.</summary>
    public static IReadOnlyList<SampleTable> ReadAll(IEnumerable<string> files, string? root = null, int? limit = null)
    {
        List<SampleProblem> problems = [];
        List<SampleTable> tables = [.. files.Select(file => Read(file, root, limit, problems))];
        return problems.Count == 0 ? tables : throw new SampleTableException(problems);
    }

    private static SampleTable Read(string file, string? root, int? limit, List<SampleProblem> problems)
    {
        List<SampleRow> rows = [];
        int before = problems.Count;
        try
        {
            if (!File.Exists(file))
                throw new FileNotFoundException("there is no such file");
            using StreamReader text = new(file, StrictUtf8, detectEncodingFromByteOrderMarks: true);
            using CsvReader csv = CsvReader.Create(text, Options);
            CheckHeader(csv.Headers);
            SamplePaths paths = new(file, root);
            while (rows.Count < (limit ?? int.MaxValue) && csv.Read())
                ReadRow(csv, paths, file, rows, problems);
            if (rows.Count == 0)
                throw new InvalidDataException("there is no sample below the header");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add(new SampleProblem(file, 0, e is DecoderFallbackException ? "is not UTF-8 text" : e.Message));
        }
        catch (CsvFormatException e)
        {
            problems.Add(new SampleProblem(file, (int)e.LineNumber, $"is not a readable CSV row: {FirstLine(e.Message)}"));
        }
        return new SampleTable(file, problems.Count == before ? rows : []);
    }

    private static void CheckHeader(IReadOnlyList<string> header)
    {
        if (header.Count == 0)
            throw new InvalidDataException($"is empty, expected the columns {ImageColumn},{AlphaColumn}");
        foreach (string column in (string[])[ImageColumn, AlphaColumn])
        {
            int count = header.Count(name => name == column);
            if (count == 1)
                continue;
            string found = string.Join(",", header);
            found = found.Length > LongestQuote ? found[..LongestQuote] + "..." : found;
            string near = header.Any(name => NearestName.Distance(name, column) <= 3) ? $" (is '{NearestName.Of(column, header)}' meant?)" : "";
            throw new InvalidDataException($"has {(count == 0 ? "no column" : "several columns")} '{column}'{near}; the header is '{found}'");
        }
    }

    private static void ReadRow(CsvReader csv, SamplePaths paths, string file, List<SampleRow> rows, List<SampleProblem> problems)
    {
        int row = (int)csv.LineNumber;
        List<string> wrong = [];
        string image = Resolve(ImageColumn), alpha = Resolve(AlphaColumn);
        rows.Add(new SampleRow(row, image, alpha));
        if (wrong.Count > 0)
            problems.Add(new SampleProblem(file, row, string.Join("; ", wrong)));

        string Resolve(string column)
        {
            string written = csv.GetString(column);
            if (string.IsNullOrWhiteSpace(written))
                wrong.Add($"{column} is empty");
            else if (paths.Find(written) is { } found)
                return found;
            else
                wrong.Add($"{column} '{written}' does not exist");
            return "";
        }
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0];
}
