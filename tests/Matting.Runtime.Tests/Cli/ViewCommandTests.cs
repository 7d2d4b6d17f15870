using System.Text.RegularExpressions;
using Matting.CommandLine;
using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Cli;

public sealed partial class ViewCommandTests : CliTest
{
    private string Images => Folder.File("images");

    [Theory]
    [InlineData("sheet.png")]
    [InlineData("sheet.jpg")]
    public void A_sheet_shows_picture_alpha_and_cut_out_of_each_row(string name)
    {
        Picture("images/a.png", 40, 40);
        Picture("images/b.png", 20, 40);
        string file = Folder.File(name);
        CliRun run = CliRun.Of("view", Submission(("a", 255), ("b", 0)), "--images", Images, "--out", file);
        Assert.Equal((ExitCodes.Done, file + "\n", ""), (run.ExitCode, run.Output, run.Error));
        PixelImage sheet = ImageFile.ReadRgb(file);
        Assert.True(sheet.Width > 3 * 184 && sheet.Height > 2 * 184, $"{sheet.Width}x{sheet.Height}");
        // the alphas: one row's is all white, the other's all black
        Assert.True(sheet.Pixels.AsSpan().IndexOf(Enumerable.Repeat((byte)255, 3 * 150).ToArray()) >= 0);
        Assert.True(sheet.Pixels.AsSpan().IndexOf(new byte[3 * 80]) >= 0);
    }

    [Fact]
    public void A_page_holds_all_pictures_and_fetches_nothing()
    {
        Picture("images/a.png", 40, 30);
        string file = Folder.File("page.html");
        Assert.Equal(ExitCodes.Done, CliRun.Of("view", Submission(("a", 255)), "--images", Images, "--out", file).ExitCode);
        string page = File.ReadAllText(file);
        MatchCollection sources = Source().Matches(page);
        Assert.Equal(3, sources.Count);
        foreach (Match source in sources)
        {
            PixelImage image = ImageFile.ReadRgb(Convert.FromBase64String(source.Groups[2].Value), "source");
            Assert.Equal((320, 240), (image.Width, image.Height));
        }
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_text_on_a_page()
    {
        const string Name = "<img src=x onerror=alert(1)>&\"'";
        Picture($"images/{Name}.png");
        string file = Folder.File("page.html");
        Assert.Equal(ExitCodes.Done, CliRun.Of("view", Submission((Name, 255)), "--images", Images, "--out", file).ExitCode);
        string page = File.ReadAllText(file);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_rows_are_reported_by_their_lines_and_the_rest_is_shown()
    {
        Picture("images/a.png");
        Picture("images/bad.png");
        Picture("images/text.png");
        Picture("images/more.png");
        Folder.Text("images/broken.png", "no picture");
        string csv = Submission(("a", 255), ("nowhere", 1), ("a", 2), ("broken", 3));
        File.AppendAllText(csv, "bad,****\ntext,bm8gcGljdHVyZQ==\n");
        string file = Folder.File("sheet.png");
        CliRun run = CliRun.Of("view", csv, "--images", Images, "--out", file);
        Assert.Equal((ExitCodes.PartFailed, file + "\n"), (run.ExitCode, run.Output));
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.Contains("line 3 (nowhere): there is no picture", lines[0], StringComparison.Ordinal);
        Assert.Contains("line 4 (a): the name stands in line 2 already", lines[1], StringComparison.Ordinal);
        Assert.Contains("broken.png", lines[2], StringComparison.Ordinal);
        Assert.Contains("line 6 (bad): its alpha is no base64", lines[3], StringComparison.Ordinal);
        Assert.Contains("line 7 (text): its picture is no PNG", lines[4], StringComparison.Ordinal);
        Assert.Equal("1 picture of the folder without a row", lines[5]);
    }

    [Fact]
    public void Only_so_many_rows_are_shown_and_that_is_said()
    {
        Picture("images/a.png");
        Picture("images/b.png");
        CliRun run = CliRun.Of("view", Submission(("a", 255), ("b", 1)), "--images", Images, "--out", Folder.File("sheet.png"), "--limit", "1");
        Assert.Equal((ExitCodes.Done, "the first 1 of 2 rows are shown (--limit)\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Without_any_row_to_show_nothing_is_written()
    {
        Picture("images/a.png");
        CliRun run = CliRun.Of("view", Submission(("b", 255)), "--images", Images, "--out", Folder.File("sheet.png"));
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("nothing was written", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder.File("sheet.png")));
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        string csv = Submission(("a", 255)), file = Folder.Text("sheet.png", "old");
        Picture("images/a.png");
        CliRun.Of("view", csv, "--images", Images, "--out", file).FailsWith(ExitCodes.Failed, file, "--overwrite");
        CliRun.Of("view", csv, "--images", Images, "--out", "x.pdf").FailsWith(ExitCodes.Usage, "x.pdf", ".html");
        CliRun.Of("view", csv, "--images", Folder.File("none"), "--out", "x.png").FailsWith(ExitCodes.Failed, "none");
        CliRun.Of("view", Folder.File("none.csv"), "--images", Images, "--out", "x.png").FailsWith(ExitCodes.Failed, "none.csv");
        CliRun.Of("view", csv, "--out", "x.png").FailsWith(ExitCodes.Usage, "--images");
        Assert.Equal("old", File.ReadAllText(file));
    }

    private string Submission(params (string Name, int Level)[] rows) => SubmissionFile.Write(Folder.File("s.csv"), rows.Select(row =>
    {
        PixelImage grey = new(8, 8, 1);
        grey.Pixels.AsSpan().Fill((byte)row.Level);
        return new SubmissionRow(row.Name, ImageFile.EncodePng(grey));
    }));

    [GeneratedRegex("src=\"data:image/(png|jpeg);base64,([^\"]+)\"")]
    private static partial Regex Source();
}
