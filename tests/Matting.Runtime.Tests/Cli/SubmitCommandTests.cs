using Matting.CommandLine;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

public sealed class SubmitCommandTests : CliTest
{
    private string Images => Folder.File("images");

    private string Csv => Folder.File("submission.csv");

    [Theory]
    [InlineData("flip", "1")]
    [InlineData("none", "3")]
    public void The_rows_are_the_alphas_at_the_network_s_size_in_order_of_names(string tta, string batch)
    {
        foreach (string name in (string[])["b.png", "a.x.jpg", "0007.png", "B.png"])
            Picture($"images/{name}", 20, 30, name.Length);
        CliRun run = CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv, "--tta", tta, "--batch", batch);
        Assert.Equal((ExitCodes.Done, Csv + "\n"), (run.ExitCode, run.Output));
        string text = File.ReadAllText(Csv);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string[][] rows = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        Assert.Equal(["filename", "image_utf"], rows[0]);
        Assert.Equal(["0007", "B", "a", "b"], rows[1..].Select(row => row[0]));
        using MattingModel model = MattingModel.Load(Model);
        PredictOptions options = new() { Tta = tta == "flip" ? TestTimeAugmentation.Flip : TestTimeAugmentation.None };
        string[] files = [.. ((string[])["0007.png", "B.png", "a.x.jpg", "b.png"]).Select(name => Path.Combine(Images, name))];
        byte[][] expected = [.. model.PredictFiles(files, (_, alpha) => alpha.ToNetworkSize().Pixels, options, TestContext.Current.CancellationToken).Select(outcome => outcome.Result!)];
        for (int i = 0; i < expected.Length; i++)
        {
            PixelImage alpha = ImageFile.ReadGrey(Convert.FromBase64String(rows[i + 1][1]), "row");
            Assert.Equal((Side, Side), (alpha.Width, alpha.Height));
            Near.AssertSameBytes(expected[i], alpha.Pixels, files[i]);
        }
    }

    [Fact]
    public void Flip_is_the_default()
    {
        Picture("images/a.png", 20, 30);
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Folder.File("default.csv"));
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Folder.File("flip.csv"), "--tta", "flip");
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Folder.File("none.csv"), "--tta", "none");
        Assert.Equal(File.ReadAllText(Folder.File("flip.csv")), File.ReadAllText(Folder.File("default.csv")));
        Assert.NotEqual(File.ReadAllText(Folder.File("none.csv")), File.ReadAllText(Folder.File("default.csv")));
    }

    [Fact]
    public void A_submission_is_never_overwritten()
    {
        Picture("images/a.png");
        string old = Folder.Text("submission.csv", "old");
        string[] written = [.. Enumerable.Range(0, 2).Select(_ => CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv).OutputLines[0])];
        Assert.Equal([Folder.File("submission_2.csv"), Folder.File("submission_3.csv")], written);
        Assert.Equal("old", File.ReadAllText(old));
    }

    [Fact]
    public void Two_pictures_of_one_name_are_refused_before_anything_is_started()
    {
        string first = Picture("images/cat.1.png");
        string second = Picture("images/cat.2.png");
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv).FailsWith(ExitCodes.Failed, first, second, "cat");
        Assert.False(File.Exists(Csv));
    }

    [Fact]
    public void An_unreadable_picture_is_reported_and_its_row_is_missing()
    {
        Picture("images/a.png");
        string bad = Folder.Text("images/b.png", "no picture");
        Picture("images/c.png");
        CliRun run = CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv);
        Assert.Equal(ExitCodes.PartFailed, run.ExitCode);
        Assert.Contains($"{CliRun.ErrorPrefix}{bad}: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["filename", "a", "c"], File.ReadAllLines(Csv).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Without_any_readable_picture_nothing_is_written()
    {
        Folder.Text("images/b.png", "no picture");
        CliRun run = CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("no submission was written", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder.Path, "*.csv"));
    }

    [Fact]
    public void A_model_of_open_size_needs_one()
    {
        Picture("images/a.png");
        CliRun.Of("submit", "--model", OpenModel, "--images", Images, "--out", Csv).FailsWith(ExitCodes.Usage, "--size");
        Assert.Equal(ExitCodes.Done, CliRun.Of("submit", "--model", OpenModel, "--size", "24", "--images", Images, "--out", Csv).ExitCode);
    }

    [Fact]
    public void A_folder_that_is_missing_empty_or_a_file_is_refused()
    {
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv).FailsWith(ExitCodes.Failed, Images);
        Directory.CreateDirectory(Images);
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv).FailsWith(ExitCodes.Failed, Images, "no pictures");
        CliRun.Of("submit", "--model", Model, "--images", Model, "--out", Csv).FailsWith(ExitCodes.Failed, Model);
    }

    [Fact]
    public void An_interrupted_submission_leaves_nothing()
    {
        Picture("images/a.png");
        using CancellationTokenSource source = new();
        source.Cancel();
        CliRun run = CliRun.Of(source.Token, "submit", "--model", Model, "--images", Images, "--out", Csv);
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Equal(["model.onnx", "open.onnx"], Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
