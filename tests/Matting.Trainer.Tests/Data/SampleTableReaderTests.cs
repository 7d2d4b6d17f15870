using System.Text;
using Matting.Testing;
using Matting.Trainer.Data;

namespace Matting.Trainer.Tests.Data;

public sealed class SampleTableReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Paths_are_tried_below_the_root_first_and_below_the_CSV_after_it()
    {
        Touch("root/a.png");
        Touch("csv/a.png");
        Touch("csv/b.png");
        string csv = Write("csv/t.csv", "image_path,alpha_path", "a.png,b.png");

        SampleRow row = Assert.Single(SampleTableReader.Read(csv, _folder.File("root")).Rows);

        Assert.Equal(new SampleRow(2, _folder.File("root/a.png"), _folder.File("csv/b.png")), row);
    }

    [Fact]
    public void Windows_separators_absolute_paths_quotes_blank_lines_and_other_columns_are_accepted()
    {
        Touch("images/one, two.png");
        Touch("alpha/x.png");
        string absolute = _folder.File("alpha/x.png");
        string csv = Write("t.csv", "id,alpha_path,image_path", "7,alpha\\x.png,\"images\\one, two.png\"", "", $"8, {absolute} ,images/one\\../../alpha/x.png");

        IReadOnlyList<SampleRow> rows = SampleTableReader.Read(csv).Rows;

        Assert.Equal([2, 4], rows.Select(row => row.Row));
        Assert.Equal("one, two.png", Path.GetFileName(rows[0].ImagePath));
        Assert.Equal(absolute, rows[1].AlphaPath);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void A_byte_order_mark_is_understood(string encoding)
    {
        Touch("\u00e4.png");
        string csv = _folder.File("t.csv");
        File.WriteAllText(csv, "image_path,alpha_path\r\n\u00e4.png,\u00e4.png\r\n", Encoding.GetEncoding(encoding));

        Assert.Single(SampleTableReader.Read(csv).Rows);
    }

    [Fact]
    public void The_limit_keeps_the_first_rows_and_does_not_look_at_the_others()
    {
        Touch("a.png");
        string csv = Write("t.csv", "image_path,alpha_path", "a.png,a.png", "a.png,a.png", "missing.png,a.png");

        Assert.Equal(2, SampleTableReader.Read(csv, limit: 2).Rows.Count);
    }

    [Fact]
    public void All_missing_files_of_all_tables_are_reported_at_once_with_their_rows()
    {
        Touch("a.png");
        string first = Write("t.csv", "image_path,alpha_path", "a.png,gone\\1.png", "a.png,a.png", "2.png,3.png");
        string second = Write("v.csv", "image_path,alpha_path", "a.png,");

        SampleTableException e = Assert.Throws<SampleTableException>(() => SampleTableReader.ReadAll([first, second]));

        Assert.Equal(
            [
                new SampleProblem(first, 2, "alpha_path 'gone\\1.png' does not exist"),
                new SampleProblem(first, 4, "image_path '2.png' does not exist; alpha_path '3.png' does not exist"),
                new SampleProblem(second, 2, "alpha_path is empty"),
            ], e.Problems);
        Assert.All(e.Problems, problem => Assert.Contains($"row {problem.Row}: {problem.Message}", e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "is empty, expected the columns image_path,alpha_path")]
    [InlineData("image_path,alpha_path\n", "there is no sample below the header")]
    [InlineData("image,alpha_path\na,b\n", "has no column 'image_path'; the header is 'image,alpha_path'")]
    [InlineData("image_path,alfa_path\na,b\n", "(is 'alfa_path' meant?)")]
    [InlineData("image_path;alpha_path\na;b\n", "the header is 'image_path;alpha_path'")]
    [InlineData("image_path,alpha_path,image_path\na,b,c\n", "has several columns 'image_path'")]
    public void A_wrong_header_or_an_empty_table_is_an_error_that_says_what_is_there(string text, string message)
    {
        string csv = _folder.File("t.csv");
        File.WriteAllText(csv, text);

        SampleTableException e = Assert.Throws<SampleTableException>(() => SampleTableReader.Read(csv));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.StartsWith(csv, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_is_too_short_names_the_row()
    {
        Touch("a.png");
        string csv = Write("t.csv", "image_path,alpha_path", "a.png,a.png", "a.png");

        SampleTableException e = Assert.Throws<SampleTableException>(() => SampleTableReader.Read(csv));

        Assert.Equal([new SampleProblem(csv, 3, "alpha_path is empty")], e.Problems);
    }

    [Fact]
    public void An_unclosed_quote_is_an_error_of_its_row()
    {
        Touch("a.png");
        string csv = Write("t.csv", "image_path,alpha_path", "a.png,a.png", "\"a.png,a.png");

        SampleProblem problem = Assert.Single(Assert.Throws<SampleTableException>(() => SampleTableReader.Read(csv)).Problems);

        Assert.Equal(3, problem.Row);
        Assert.Contains("not a readable CSV row", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        string csv = _folder.File("t.csv");
        File.WriteAllBytes(csv, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0xFF, 0xC0]);

        SampleTableException e = Assert.Throws<SampleTableException>(() => SampleTableReader.Read(csv));

        Assert.Contains("is not UTF-8 text", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_not_there_is_named()
    {
        SampleTableException e = Assert.Throws<SampleTableException>(() => SampleTableReader.Read(_folder.File("none.csv")));

        Assert.Contains("none.csv: there is no such file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_original_projects_list_reads_with_its_Windows_paths()
    {
        string list = Path.Combine(Golden.RequireFolder(), "real_val.csv");
        Assert.SkipUnless(File.Exists(list), $"SKIPPED: this reference set has no real_val.csv ({Golden.Folder})");
        string[] paths = [.. File.ReadLines(list).Skip(1).SelectMany(line => line.Split(','))];
        foreach (string path in paths)
            Touch(path.Replace('\\', '/'));

        SampleTable table = SampleTableReader.Read(list, root: _folder.Path);

        Assert.Equal(paths.Length, 2 * table.Rows.Count);
        Assert.All(table.Rows, row => Assert.True(File.Exists(row.ImagePath) && File.Exists(row.AlphaPath)));
    }

    private void Touch(string name)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
    }

    private string Write(string name, params string[] lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        return SampleFiles.WriteCsv(_folder, name, lines);
    }
}
