namespace Matting.Runtime.Cli.Bench;

/// <summary>Rows of text in columns as wide as needed.</summary>
/// <param name="lastTextColumn">Columns up to this one hold words, which stand on the left; the others hold numbers.</param>
/// <param name="heads">The columns' heads.</param>
internal sealed class TextTable(int lastTextColumn, string[] heads)
{
    private const string Gap = "  ";
    private readonly List<string[]> _rows = [heads];

    public void Add(string[] cells) => _rows.Add(cells);

    public void Write(TextWriter output)
    {
        int[] widths = [.. heads.Select((_, column) => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
            output.WriteLine(string.Join(Gap, row.Select((cell, column) => column <= lastTextColumn ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
    }
}
