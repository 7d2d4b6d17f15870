using System.Buffers;

namespace Matting.Shared.Files;

/// <summary>Fields of CSV files that we write (RFC 4180).</summary>
public static class CsvField
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>A text as a field: in quotes, with inner ones doubled, only where it must be.</summary>
    /// <param name="text">Any text; null is an empty field.</param>
    public static string Of(string? text) =>
        text.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{text!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text ?? "";
}
