using CsvHelper;

namespace Matting.Trainer.Preparation;

/// <summary>
/// Captions of cut-outs, from the index that comes with MAGICK: <c>magick_index.tsv</c> in the folder of the cut-outs or in the one above
/// it, whose column <c>page_id</c> is a file name without extension and whose column <c>subject</c> says what is to be seen.
/// </summary>
internal sealed class CutoutCaptions
{
    private const string IndexName = "magick_index.tsv";
    private const string NameColumn = "page_id";
    private const string TextColumn = "subject";

    private static readonly CsvReaderOptions Options = new() { Separator = '\t', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private CutoutCaptions()
    {
    }

    /// <summary>Reads the index, where there is one.</summary>
    /// <exception cref="PreparationException">There is one and it cannot be read.</exception>
    public static CutoutCaptions Find(string folder)
    {
        CutoutCaptions captions = new();
        string? above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string? index = new[] { folder, above }.OfType<string>().Select(place => Path.Combine(place, IndexName)).FirstOrDefault(File.Exists);
        if (index is not null)
            captions.Read(index);
        return captions;
    }

    /// <summary>The caption of a cut-out; empty where there is none.</summary>
    public string Of(string identity) => _texts.GetValueOrDefault(Path.GetFileNameWithoutExtension(identity), "");

    private void Read(string index)
    {
        try
        {
            using StreamReader text = new(index);
            using CsvReader rows = CsvReader.Create(text, Options);
            foreach (string column in (string[])[NameColumn, TextColumn])
            {
                if (!rows.Headers.Contains(column))
                    throw new PreparationException($"{index}: has no column '{column}'; captions are read from {NameColumn} and {TextColumn}");
            }
            while (rows.Read())
                _texts[rows.GetString(NameColumn)] = rows.GetString(TextColumn);
        }
        catch (CsvFormatException e)
        {
            throw new PreparationException($"{index} row {e.LineNumber}: is not a readable row; mend it, or move the file away, captions are optional: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
