using System.Text.Json.Nodes;
using Matting.CommandLine;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Trainer.Tests.Cli;

/// <summary>synth, baselines and sheet as they are typed.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Synth_writes_a_dataset_and_one_line()
    {
        TrainerRun run = Synth();
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Single(run.Output.TrimEnd().Split('\n'));
        Assert.Contains("5 pairs to train on", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder.File("data", "test")).Length);
        Assert.Equal(33, ImageFile.Identify(_folder.File("data", "images", "000000.png")).Width);
    }

    [Fact]
    public void Synth_replaces_a_dataset_only_when_asked_to()
    {
        Synth();
        Synth().AssertRefused(ExitCodes.Failed, _folder.File("data"), "--overwrite");
        Assert.Equal(ExitCodes.Done, Synth("--overwrite").ExitCode);
    }

    [Theory]
    [InlineData("--size", "8")]
    [InlineData("--size", "9000x64")]
    [InlineData("--size", "64x")]
    [InlineData("--count", "1")]
    [InlineData("--count", "many")]
    [InlineData("--val", "1")]
    [InlineData("--seed", "x")]
    [InlineData("--threads", "0")]
    public void Synth_refuses_values_out_of_range_before_it_starts(string option, string value)
    {
        TrainerRun run = TrainerRun.Of("synth", "--out", _folder.File("data"), option, value);
        run.AssertRefused(ExitCodes.Usage, option, value, " synth --help`");
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public void Synth_that_is_interrupted_ends_with_130()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        TrainerRun.Interruptible(source.Token, "synth", "--out", _folder.File("data")).AssertRefused(ExitCodes.Interrupted, "interrupted");
    }

    [Fact]
    public void Baselines_prints_both_errors_and_what_they_were_chosen_on()
    {
        Synth();
        string val = _folder.File("data", "val.csv"), train = _folder.File("data", "train.csv");
        TrainerRun same = TrainerRun.Of("baselines", "--csv", val);
        Assert.Equal((ExitCodes.Done, ""), (same.ExitCode, same.Error));
        string[] parts = ["constant alpha    mse 0.", "luma threshold    mse 0.", "chosen on the same pictures"];
        Assert.All(parts, part => Assert.Contains(part, same.Output, StringComparison.Ordinal));
        Assert.Contains($"chosen on {train}", TrainerRun.Of("baselines", "--csv", val, "--train", train).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_of_baselines_has_exactly_these_members()
    {
        Synth();
        TrainerRun run = TrainerRun.Of("baselines", "--csv", _folder.File("data", "val.csv"), "--size", "32", "--json");
        JsonObject json = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(["csv", "pictures", "fittedOn", "constant", "constantMse", "luma", "lumaMse"], json.Select(member => member.Key));
        Assert.Equal(["alpha"], json["constant"]!.AsObject().Select(member => member.Key));
        Assert.Equal(["level", "objectIsBright"], json["luma"]!.AsObject().Select(member => member.Key));
        Assert.InRange((double)json["constantMse"]!, 0, 0.25);
    }

    [Fact]
    public void Baselines_of_a_missing_table_is_one_line()
    {
        TrainerRun.Of("baselines", "--csv", _folder.File("none.csv")).AssertRefused(ExitCodes.Failed, "none.csv");
        TrainerRun.Of("baselines").AssertRefused(ExitCodes.Usage, "--csv");
    }

    [Fact]
    public void Sheet_sets_predictions_beside_the_truth()
    {
        Synth();
        CopyAlphas("000000.png", "000001.png");
        TrainerRun run = Sheet();
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        PixelImage sheet = ImageFile.ReadRgb(_folder.File("preview.png"));
        Assert.True(sheet.Width > 700 && sheet.Height > 400);
        Sheet().AssertRefused(ExitCodes.Failed, "preview.png", "--overwrite");
        Assert.Equal(ExitCodes.Done, Sheet("--overwrite").ExitCode);
    }

    [Fact]
    public void Sheet_names_the_predictions_that_are_missing()
    {
        Synth();
        Sheet().AssertRefused(ExitCodes.Failed, "there is no such folder", _folder.File("alpha"));
        CopyAlphas("000000.png");
        Sheet().AssertRefused(ExitCodes.Failed, "1 of 2 predicted alphas are missing: 000001.png");
        Assert.False(File.Exists(_folder.File("preview.png")));
    }

    [Fact]
    public void Sheet_names_a_prediction_of_another_size()
    {
        Synth();
        CopyAlphas("000000.png");
        ImageFile.Write(_folder.File("alpha", "000001.png"), new PixelImage(20, 20, 1));
        Sheet().AssertRefused(ExitCodes.Failed, "000001.png", "20x20", "33x32");
    }

    private TrainerRun Synth(params string[] more) => TrainerRun.Of(
        ["synth", "--out", _folder.File("data"), "--count", "7", "--size", "32x33", "--seed", "1", "--test", "2", .. more]);

    private TrainerRun Sheet(params string[] more) => TrainerRun.Of(
        ["sheet", "--csv", _folder.File("data", "test.csv"), "--alpha", _folder.File("alpha"), "--out", _folder.File("preview.png"), .. more]);

    private void CopyAlphas(params string[] names)
    {
        Directory.CreateDirectory(_folder.File("alpha"));
        foreach (string name in names)
            File.Copy(_folder.File("data", "test_alpha", name), _folder.File("alpha", name));
    }
}
