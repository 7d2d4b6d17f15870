using Matting.CommandLine;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

public sealed class PredictCommandTests : CliTest
{
    private string Out => Folder.File("alphas");

    [Fact]
    public void Pictures_and_folders_become_alphas_of_the_same_size()
    {
        string single = Picture("photo.jpg", 33, 21);
        Picture("more/b.png", 8, 40);
        Picture("more/a.webp", 16, 16);
        CliRun run = CliRun.Of("predict", "--model", Model, "--out", Out, single, Folder.File("more"));
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        string[] expected = [Path.Combine(Out, "photo.png"), Path.Combine(Out, "a.png"), Path.Combine(Out, "b.png")];
        Assert.Equal(expected, run.OutputLines);
        Assert.Equal((33, 21), SizeOf(expected[0]));
        Assert.Equal((8, 40), SizeOf(expected[2]));
        Assert.Contains("3 pictures in", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_provider_really_in_use_is_printed()
    {
        CliRun run = CliRun.Of("predict", "--model", Model, "--out", Out, "--threads", "1", Picture("a.png"));
        Assert.Contains("model.onnx: small, 16x16, profile half, fp32; CPUExecutionProvider on cpu, ONNX Runtime 1.", run.Error, StringComparison.Ordinal);
        Assert.Matches(@", 1 thread; loaded in [\d.]+ m?s\n", run.Error);
        Assert.Matches(@"1 picture in .*, first run [\d.]+ m?s\)", run.Error);
    }

    [Theory]
    [InlineData("none", 1)]
    [InlineData("flip", 3)]
    public void The_alphas_are_those_of_the_library(string tta, int batch)
    {
        string[] files = [.. Enumerable.Range(0, 5).Select(i => Picture($"in/{i}.png", 20 + i, 12, i))];
        CliRun run = CliRun.Of("predict", "--model", Model, "--out", Out, "--tta", tta, "--batch", $"{batch}", Folder.File("in"));
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        using MattingModel model = MattingModel.Load(Model);
        PredictOptions options = new() { Tta = tta == "flip" ? TestTimeAugmentation.Flip : TestTimeAugmentation.None };
        foreach (string file in files)
        {
            PixelImage written = ImageFile.ReadGrey(Path.Combine(Out, Path.GetFileName(file)));
            Near.AssertSameBytes(model.PredictFile(file, options, TestContext.Current.CancellationToken).Pixels, written.Pixels, file);
        }
    }

    [Fact]
    public void An_open_model_takes_its_size_from_the_picture_or_the_option()
    {
        string picture = Picture("a.png", 70, 40);
        Assert.Contains("at each picture's size", CliRun.Of("predict", "--model", OpenModel, "--out", Out, picture).Error, StringComparison.Ordinal);
        CliRun run = CliRun.Of("predict", "--model", OpenModel, "--size", "24x48", "--out", Folder.File("other"), picture);
        Assert.Contains("24x48", run.Error, StringComparison.Ordinal);
        Assert.Equal((70, 40), SizeOf(Folder.File("other", "a.png")));
    }

    [Fact]
    public void EXIF_orientation_is_applied_unless_ignored()
    {
        string picture = Turned(Picture("turned.jpg", 32, 16));
        Assert.Equal(ExitCodes.Done, CliRun.Of("predict", "--model", Model, "--out", Out, picture).ExitCode);
        Assert.Equal((16, 32), SizeOf(Path.Combine(Out, "turned.png")));
        Assert.Equal(ExitCodes.Done, CliRun.Of("predict", "--model", Model, "--out", Out, "--overwrite", "--orientation", "ignore", picture).ExitCode);
        Assert.Equal((32, 16), SizeOf(Path.Combine(Out, "turned.png")));
    }

    [Fact]
    public void An_existing_alpha_is_an_error_unless_it_may_be_overwritten()
    {
        string a = Picture("a.png");
        string b = Picture("b.png");
        Directory.CreateDirectory(Out);
        string old = Folder.Text("alphas/b.png", "old");
        CliRun.Of("predict", "--model", Model, "--out", Out, a, b).FailsWith(ExitCodes.Failed, old, "exists already", "--overwrite");
        Assert.Equal("old", File.ReadAllText(old));
        Assert.Equal([old], Directory.GetFiles(Out));
        Assert.Equal(ExitCodes.Done, CliRun.Of("predict", "--model", Model, "--out", Out, "--overwrite", a, b).ExitCode);
        Assert.Equal((20, 12), SizeOf(old));
    }

    [Fact]
    public void Two_pictures_of_one_name_are_refused_before_anything_is_started()
    {
        string first = Picture("one/a.png");
        string second = Picture("two/a.jpg");
        CliRun.Of("predict", "--model", Model, "--out", Out, first, Folder.File("two")).FailsWith(ExitCodes.Failed, first, second, Path.Combine(Out, "a.png"));
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void The_same_picture_named_twice_is_predicted_once()
    {
        string picture = Picture("in/a.png");
        Assert.Single(CliRun.Of("predict", "--model", Model, "--out", Out, picture, Folder.File("in"), picture).OutputLines);
    }

    [Fact]
    public void A_picture_is_never_replaced_by_its_own_alpha()
    {
        string picture = Picture("in/a.png");
        byte[] before = File.ReadAllBytes(picture);
        CliRun.Of("predict", "--model", Model, "--out", Folder.File("in"), "--overwrite", picture).FailsWith(ExitCodes.Failed, picture, "--out");
        Assert.Equal(before, File.ReadAllBytes(picture));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    public void An_unreadable_picture_is_reported_and_the_others_go_on(string batch)
    {
        Picture("in/a.png");
        string bad = Folder.Text("in/b.png", "no picture");
        Picture("in/c.png");
        CliRun run = CliRun.Of("predict", "--model", Model, "--out", Out, "--batch", batch, Folder.File("in"));
        Assert.Equal(ExitCodes.PartFailed, run.ExitCode);
        Assert.Equal([Path.Combine(Out, "a.png"), Path.Combine(Out, "c.png")], run.OutputLines);
        Assert.Contains($"{CliRun.ErrorPrefix}{bad}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 failed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_without_any_readable_picture_failed()
    {
        Folder.Text("in/b.png", "no picture");
        Assert.Equal(ExitCodes.Failed, CliRun.Of("predict", "--model", Model, "--out", Out, Folder.File("in")).ExitCode);
    }

    [Fact]
    public void A_picture_beyond_the_pixel_limit_is_reported()
    {
        CliRun run = CliRun.Of("predict", "--model", Model, "--out", Out, "--max-pixels", "200", Picture("small.png", 10, 10), Picture("large.png", 20, 12));
        Assert.Equal(ExitCodes.PartFailed, run.ExitCode);
        Assert.Contains("large.png", run.Error, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(Out, "small.png")], run.OutputLines);
    }

    [Fact]
    public void Files_of_a_folder_that_are_no_pictures_are_left_out_and_named()
    {
        Picture("in/a.png");
        File.Move(Picture("in/b.png"), Folder.File("in", "plain"));
        Folder.Text("in/notes.txt", "");
        Folder.Text("in/README", "");
        Folder.Text("in/.hidden.png", "");
        Directory.CreateDirectory(Folder.File("in", "sub.png"));
        CliRun run = CliRun.Of("predict", "--model", Model, "--out", Out, Folder.File("in"));
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal([Path.Combine(Out, "a.png"), Path.Combine(Out, "plain.png")], run.OutputLines);
        Assert.Contains("left out, no picture: " + Folder.File("in", "README") + ", " + Folder.File("in", "notes.txt") + "\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_empty_inputs_are_refused()
    {
        Directory.CreateDirectory(Folder.File("empty"));
        CliRun.Of("predict", "--model", Model, "--out", Out, Folder.File("none.png")).FailsWith(ExitCodes.Failed, "none.png");
        CliRun.Of("predict", "--model", Model, "--out", Out, Folder.File("empty")).FailsWith(ExitCodes.Failed, "empty", "no pictures");
        CliRun.Of("predict", "--model", Model, "--out", Model, Picture("a.png")).FailsWith(ExitCodes.Failed, Model, "not a folder");
    }

    [Fact]
    public void A_bad_model_is_refused()
    {
        string picture = Picture("a.png");
        CliRun.Of("predict", "--model", Folder.File("none.onnx"), "--out", Out, picture).FailsWith(ExitCodes.Failed, "none.onnx", "no such file");
        CliRun.Of("predict", "--model", Folder.Path, "--out", Out, picture).FailsWith(ExitCodes.Failed, "is a folder");
        CliRun.Of("predict", "--model", picture, "--out", Out, picture).FailsWith(ExitCodes.Failed, "is no ONNX model");
        string cut = Folder.File("cut.onnx");
        File.WriteAllBytes(cut, File.ReadAllBytes(Model)[..150]);
        CliRun.Of("predict", "--model", cut, "--out", Out, picture).FailsWith(ExitCodes.Failed, cut);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void What_contradicts_the_model_is_refused()
    {
        string picture = Picture("a.png");
        CliRun.Of("predict", "--model", Model, "--size", "32", "--out", Out, picture).FailsWith(ExitCodes.Failed, "16x16", "32x32");
        CliRun.Of("predict", "--model", Model, "--profile", "unit", "--out", Out, picture).FailsWith(ExitCodes.Failed, "half", "unit");
        CliRun.Of("predict", "--model", Model, "--output", "d0", "--out", Out, picture).FailsWith(ExitCodes.Failed, "'d0'", "alpha");
    }

    [Theory]
    [InlineData("--tta", "rotate")]
    [InlineData("--batch", "0")]
    [InlineData("--threads", "none")]
    [InlineData("--device", "gpu")]
    [InlineData("--size", "16x")]
    [InlineData("--profile", "sepia")]
    [InlineData("--orientation", "left")]
    [InlineData("--max-pixels", "-1")]
    [InlineData("--frobnicate", "1")]
    public void A_wrong_option_is_an_error_of_usage(string option, string value) =>
        CliRun.Of("predict", "--model", Model, "--out", Out, option, value, Picture("a.png")).FailsWith(ExitCodes.Usage, option[2..]);

    [Fact]
    public void Model_out_and_a_picture_are_required()
    {
        string picture = Picture("a.png");
        CliRun.Of("predict", "--out", Out, picture).FailsWith(ExitCodes.Usage, "--model");
        CliRun.Of("predict", "--model", Model, picture).FailsWith(ExitCodes.Usage, "--out");
        Assert.Equal(ExitCodes.Usage, CliRun.Of("predict", "--model", Model, "--out", Out).ExitCode);
        CliRun.Of("predict", "--modle", Model).FailsWith(ExitCodes.Usage, "unknown option --modle", "did you mean '--model'");
    }

    [Fact]
    public void A_device_that_is_not_there_is_an_error()
    {
        CliRun run = CliRun.Of("predict", "--model", Model, "--device", "cuda:63", "--out", Out, Picture("a.png"));
        run.FailsWith(ExitCodes.Failed, "device cuda:63");
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void An_interrupted_run_says_so()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        CliRun run = CliRun.Of(source.Token, "predict", "--model", Model, "--out", Out, Picture("a.png"));
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.EndsWith(": interrupted\n", run.Error, StringComparison.Ordinal);
    }

    private static (int Width, int Height) SizeOf(string file)
    {
        ImageFileInfo info = ImageFile.Identify(file);
        return (info.Width, info.Height);
    }

    // an EXIF segment that says "turn by 90 degrees" (orientation 6) behind the start of a JPEG
    private static string Turned(string jpeg)
    {
        byte[] content = File.ReadAllBytes(jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
        ];
        File.WriteAllBytes(jpeg, [.. content.AsSpan(0, 2), .. exif, .. content.AsSpan(2)]);
        return jpeg;
    }
}
