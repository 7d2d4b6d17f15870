using System.Text.Json;
using Matting.CommandLine;
using Matting.Runtime.Submissions;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Cli;

public sealed class CompareCommandTests : CliTest
{
    [Fact]
    public void Two_equal_submissions_are_equal()
    {
        string a = Submission("a.csv", ("x", 10), ("y", 20)), b = Submission("b.csv", ("y", 20), ("x", 10));
        CliRun run = CliRun.Of("compare", a, b);
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("2 pictures compared", run.Output, StringComparison.Ordinal);
        Assert.Contains("all equal", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("worst", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_differences_of_two_submissions_are_measured_and_the_worst_come_first()
    {
        string a = Submission("a.csv", ("x", 10), ("y", 0), ("z", 7)), b = Submission("b.csv", ("x", 12), ("y", 255), ("z", 7));
        CliRun run = CliRun.Of("compare", a, b, "--json");
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("matting.compare/1", report.GetProperty("schema").GetString());
        Assert.Equal(255, report.GetProperty("maximum").GetInt32());
        Assert.Equal((1 + (4 / (255.0 * 255))) / 3, report.GetProperty("mse").GetDouble(), 12);
        Assert.Equal(1 / 3.0, report.GetProperty("equalShare").GetDouble(), 12);
        Assert.Equal(["x", "y", "z"], report.GetProperty("pictures").EnumerateArray().Select(picture => picture.GetProperty("name").GetString()));
        Assert.Equal(12 * 2 / 255.0 / 1000, report.GetProperty("pictures")[0].GetProperty("sad").GetDouble(), 12);
        CliRun text = CliRun.Of("compare", a, b, "--worst", "1");
        Assert.Contains("\ny  ", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\nx  ", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_one_side_and_wrong_rows_are_reported_and_the_rest_is_compared()
    {
        string a = Submission("a.csv", ("x", 10), ("only-a", 20), ("bad", 1)), b = Submission("b.csv", ("x", 10), ("only-b", 20));
        File.AppendAllText(b, "bad,****\nx,AAAA\n");
        CliRun run = CliRun.Of("compare", a, b);
        Assert.Equal(ExitCodes.PartFailed, run.ExitCode);
        Assert.Contains("only in A: 1 (only-a)", run.Output, StringComparison.Ordinal);
        Assert.Contains("only in B: 1 (only-b)", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 picture compared", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{CliRun.ErrorPrefix}{b}, line 4 (bad): its alpha is no base64\n", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{b}, line 5 (x): the name stands in line 2 already\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_differ_cannot_be_compared()
    {
        Write("a/x.png", 10, 4, 3);
        Write("b/x.png", 10, 3, 4);
        CliRun run = CliRun.Of("compare", Folder.File("a"), Folder.File("b"));
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("x: 3x4 in A and 4x3 in B", run.Error, StringComparison.Ordinal);
        Assert.Contains("no picture that could be compared", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_are_compared_whatever_the_format_grey_with_colours_too()
    {
        Write("a/x.png", 10, 4, 3);
        Write("b/x.webp", 10, 4, 3, lossless: true);
        PixelImage cutout = new(4, 3, 4);
        cutout.Pixels.AsSpan().Fill(10);
        ImageFile.Write(Folder.File("a/y.png"), cutout);
        Write("b/y.png", 10, 4, 3);
        JsonElement report = JsonDocument.Parse(CliRun.Of("compare", Folder.File("a"), Folder.File("b"), "--json").Output).RootElement;
        Assert.Equal([0, 245], report.GetProperty("pictures").EnumerateArray().Select(picture => picture.GetProperty("maximum").GetInt32()));
    }

    [Fact]
    public void A_submission_is_compared_with_a_folder_by_its_names()
    {
        string a = Submission("a.csv", ("x", 10));
        Write("b/x.alpha.png", 11, 4, 3);
        CliRun run = CliRun.Of("compare", a, Folder.File("b"));
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("maximum 1 of 255", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_models_are_compared_on_the_same_pictures()
    {
        string image = Picture("images/a.png", 20, 30);
        Picture("images/b.png", 16, 16, 2);
        string other = Folder.File("other.onnx");
        File.WriteAllBytes(other, MattingSmall.WithCard(Side, Side, NormalisationProfile.Unit));
        CliRun same = CliRun.Of("compare", Model, Model, "--images", Folder.File("images"), "--tta", "flip");
        Assert.Equal(ExitCodes.Done, same.ExitCode);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(same.Error, @"model\.onnx: first run [\d.]+ m?s\n"));
        Assert.Contains("2 pictures compared", same.Output, StringComparison.Ordinal);
        Assert.Contains("all equal", same.Output, StringComparison.Ordinal);
        JsonElement report = JsonDocument.Parse(CliRun.Of("compare", Model, other, "--images", Folder.File("images"), "--json").Output).RootElement;
        using MattingModel first = MattingModel.Load(Model), second = MattingModel.Load(other);
        byte[] a = first.PredictFile(image, null, TestContext.Current.CancellationToken).Pixels, b = second.PredictFile(image, null, TestContext.Current.CancellationToken).Pixels;
        Assert.Equal(a.Zip(b, (x, y) => Math.Abs(x - y)).Max(), report.GetProperty("pictures")[0].GetProperty("maximum").GetInt32());
    }

    [Theory]
    [InlineData("differences.csv")]
    [InlineData("differences.json")]
    public void Every_picture_is_written_to_a_file_that_is_not_overwritten(string name)
    {
        string a = Submission("a.csv", ("x,1", 10), ("y", 0)), b = Submission("b.csv", ("x,1", 12), ("y", 0)), file = Folder.File(name);
        Assert.Equal(ExitCodes.Done, CliRun.Of("compare", a, b, "--out", file).ExitCode);
        string text = File.ReadAllText(file);
        Assert.Contains("x,1", text, StringComparison.Ordinal);
        if (name.EndsWith("csv", StringComparison.Ordinal))
            Assert.StartsWith("filename,width,height,mse,sad,maximum,equal_share\n\"x,1\",4,3,", text, StringComparison.Ordinal);
        CliRun.Of("compare", a, b, "--out", file).FailsWith(ExitCodes.Failed, file, "--overwrite");
        Assert.Equal(ExitCodes.Done, CliRun.Of("compare", a, b, "--out", file, "--overwrite").ExitCode);
    }

    [Fact]
    public void The_worst_pictures_are_drawn_beside_their_differences()
    {
        string a = Submission("a.csv", ("x", 0), ("y", 0)), b = Submission("b.csv", ("x", 255), ("y", 0)), sheet = Folder.File("sheet.png");
        Picture("images/x.png");
        int narrow = WidthOf("--sheet", sheet);
        int wide = WidthOf("--sheet", sheet, "--overwrite", "--images", Folder.File("images"));
        Assert.True(wide > narrow, $"{wide} {narrow}");
        PixelImage drawn = ImageFile.ReadRgb(sheet);
        // the darkest colour of the difference map
        Assert.True(drawn.Pixels.AsSpan().IndexOf((ReadOnlySpan<byte>)[100, 0, 30]) >= 0);

        int WidthOf(params string[] options)
        {
            Assert.Equal(ExitCodes.Done, CliRun.Of(["compare", a, b, "--worst", "1", .. options]).ExitCode);
            return ImageFile.Identify(sheet).Width;
        }
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_before_anything_is_read()
    {
        string a = Submission("a.csv", ("x", 10));
        CliRun.Of("compare", a, Folder.File("none.csv")).FailsWith(ExitCodes.Failed, "none.csv", "no such");
        CliRun.Of("compare", a, Model).FailsWith(ExitCodes.Usage, "model");
        CliRun.Of("compare", Model, Model).FailsWith(ExitCodes.Usage, "--images");
        CliRun.Of("compare", a, a, "--out", "x.txt").FailsWith(ExitCodes.Usage, ".csv or .json");
        CliRun.Of("compare", a, a, "--sheet", "x.gif").FailsWith(ExitCodes.Usage, "x.gif");
        CliRun.Of("compare", a, "--wrost").FailsWith(ExitCodes.Usage, "--wrost");
        CliRun.Of("compare", Folder.Text("a.txt", "text"), a).FailsWith(ExitCodes.Failed, "a.txt", "neither");
        CliRun.Of("compare", Folder.Text("no.csv", "a,b\n"), a).FailsWith(ExitCodes.Failed, "no.csv", "filename,image_utf");
    }

    [Fact]
    public void Control_characters_of_names_do_not_reach_the_terminal()
    {
        string a = Submission("a.csv", ("x\u001b[31m", 0)), b = Submission("b.csv", ("x\u001b[31m", 9));
        Assert.DoesNotContain('\u001b', CliRun.Of("compare", a, b).Output);
    }

    [Fact]
    public void An_interrupted_comparison_ends_with_its_code()
    {
        string a = Submission("a.csv", ("x", 10));
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Equal(ExitCodes.Interrupted, CliRun.Of(source.Token, "compare", a, a).ExitCode);
    }

    private string Submission(string name, params (string Name, int Level)[] rows) => SubmissionFile.Write(
        Folder.File(name), rows.Select(row => new SubmissionRow(row.Name, ImageFile.EncodePng(Grey(row.Level, 4, 3)))));

    private void Write(string name, int level, int width, int height, bool lossless = false) =>
        ImageFile.Write(Folder.File(name), Grey(level, width, height), new ImageWriteOptions { WebpLossless = lossless });

    private static PixelImage Grey(int level, int width, int height)
    {
        PixelImage grey = new(width, height, 1);
        grey.Pixels.AsSpan().Fill((byte)level);
        return grey;
    }
}
