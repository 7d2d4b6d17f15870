using Matting.CommandLine;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;
using Matting.Shared.Regions;
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
    public void No_post_process_is_the_default()
    {
        Picture("images/a.png", 20, 30);
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Folder.File("default.csv"));
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Folder.File("none.csv"), "--post", "none");
        Assert.Equal(File.ReadAllText(Folder.File("none.csv")), File.ReadAllText(Folder.File("default.csv")));
    }

    [Theory]
    [InlineData("1", "components", "--support", "0.4", "--peak", "0.5", "--dilation", "3", "--keep", "2", "--area", "0.2", "--connectivity", "8")]
    [InlineData("3", "calibrate", "--percentile", "5", "--gamma", "2", "--epsilon", "0.001")]
    [InlineData("2", "components")]
    [InlineData("1", "calibrate")]
    public void The_post_process_works_on_the_mean_of_both_directions_before_it_is_cut_to_8_bits(string batch, string post, params string[] numbers)
    {
        string[] files = [.. Enumerable.Range(0, 5).Select(i => Picture($"images/{i}.png", 30 + i, 20, seed: i + 1))];
        CliRun run = CliRun.Of(["submit", "--model", Model, "--images", Images, "--out", Csv, "--tta", "flip", "--batch", batch, "--post", post, .. numbers]);
        Assert.Equal((ExitCodes.Done, Csv + "\n"), (run.ExitCode, run.Output));

        PostprocessOptions expected = (post, numbers.Length) switch
        {
            ("components", 0) => new ComponentOptions(),
            ("components", _) => new ComponentOptions { Support = 0.4, Peak = 0.5, Dilation = 3, Keep = 2, AreaShare = 0.2, Connectivity = Neighbourhood.Eight },
            (_, 0) => new CalibrationOptions(),
            _ => new CalibrationOptions { Percentile = 5, Gamma = 2, Epsilon = 0.001 },
        };
        using MattingModel model = MattingModel.Load(Model);
        float[][] plain = [.. model.PredictFiles(files, (_, alpha) => alpha.Values.ToArray(), new() { Tta = TestTimeAugmentation.Flip }, TestContext.Current.CancellationToken)
            .Select(outcome => outcome.Result!)];
        string[] rows = File.ReadAllLines(Csv);
        for (int i = 0; i < files.Length; i++)
        {
            byte[] levels = new byte[Side * Side];
            expected.Create().Apply(plain[i], Side, Side, plain[i]);
            Quantise.Truncate(plain[i], levels);
            Near.AssertSameBytes(levels, ImageFile.ReadGrey(Convert.FromBase64String(rows[i + 1].Split(',')[1]), "row").Pixels, files[i]);
        }
    }

    [Fact]
    public void Numbers_of_a_post_process_that_is_not_asked_for_are_refused()
    {
        Picture("images/a.png");
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv, "--gamma", "1.2").FailsWith(ExitCodes.Usage, "--gamma", "calibrate");
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv, "--post", "components", "--percentile", "2").FailsWith(ExitCodes.Usage, "--percentile", "calibrate");
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv, "--post", "components", "--dilation", "6").FailsWith(ExitCodes.Usage, "odd");
        CliRun.Of("submit", "--model", Model, "--images", Images, "--out", Csv, "--post", "all").FailsWith(ExitCodes.Usage, "--post all");
        Assert.False(File.Exists(Csv));
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
