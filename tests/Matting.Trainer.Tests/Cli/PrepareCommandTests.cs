using Matting.CommandLine;
using Matting.Testing;
using Matting.Trainer.Tests.Preparation;

namespace Matting.Trainer.Tests.Cli;

public sealed class PrepareCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public PrepareCommandTests() => SomeCutouts.Write(_folder, "a/1.png", "a/2.png", "b/1.png", "b/2.png", "3.png");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prepare_writes_a_dataset_and_one_line_and_goes_on_the_next_time()
    {
        TrainerRun run = Prepare("--seed", "42");
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Single(run.Output.TrimEnd().Split('\n'));
        Assert.Contains("cut-outs: 5 written; pairs: 4 to train on (train.csv), 1 to validate with (val.csv), all in pairs.csv; seed 42", run.Output, StringComparison.Ordinal);
        Assert.Contains("cut-outs: 0 written, 5 kept; pairs: 4", Prepare().Output, StringComparison.Ordinal);
        Prepare("--seed", "43").AssertRefused(ExitCodes.Failed, _folder.File("data"), "--seed 42", "--overwrite");
        Assert.Contains("cut-outs: 5 written; pairs: 8", Prepare("--backgrounds", "2", "--overwrite").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_no_use_are_an_error_line_each_and_part_of_the_batch_failed()
    {
        SomeCutouts.Copy(_folder, "rgb8.png", "opaque.png");
        SomeCutouts.Copy(_folder, "rgba16.png", "wide.png");
        TrainerRun run = Prepare();
        Assert.Equal(ExitCodes.PartFailed, run.ExitCode);
        string[] said = run.Error.TrimEnd().Split('\n');
        Assert.Equal(2, said.Length);
        Assert.Contains("opaque.png: opaque everywhere", said[0], StringComparison.Ordinal);
        Assert.Contains("note: cut-outs of 16 bits a channel: 1; ", said[1], StringComparison.Ordinal);
        Assert.Contains("cut-outs: 6 written, 1 left out; ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupted_it_says_that_the_same_command_goes_on_and_ends_with_130()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        TrainerRun run = TrainerRun.Interruptible(source.Token, "prepare", _folder.File("cutouts"), "--out", _folder.File("data"));
        Assert.Equal((ExitCodes.Interrupted, ""), (run.ExitCode, run.Output));
        Assert.Contains("the same command goes on from there", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, Prepare().ExitCode);
    }

    [Theory]
    [InlineData("--backgrounds", "0")]
    [InlineData("--backgrounds", "101")]
    [InlineData("--val", "0")]
    [InlineData("--val", "1")]
    [InlineData("--seed", "x")]
    [InlineData("--threads", "0")]
    [InlineData("--max-megapixels", "-1")]
    public void Values_out_of_range_are_refused_before_anything_starts(string option, string value)
    {
        Prepare(option, value).AssertRefused(ExitCodes.Usage, option, value, " prepare --help`");
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public void Folders_that_are_missing_or_not_its_own_are_refused()
    {
        TrainerRun.Of("prepare", _folder.File("none"), "--out", _folder.File("data")).AssertRefused(ExitCodes.Failed, "no such folder");
        _folder.Text("data/mine.txt", "mine");
        Prepare().AssertRefused(ExitCodes.Failed, _folder.File("data"), "choose a new folder");
        TrainerRun.Of("prepare", _folder.File("cutouts")).AssertRefused(ExitCodes.Usage, "--out");
        TrainerRun.Of("prepare", "--many", "--out", _folder.File("data")).AssertRefused(ExitCodes.Usage, "unknown option --many");
        TrainerRun.Of("prepare", "--out", _folder.File("data")).AssertRefused(ExitCodes.Usage, "CUTOUTS is missing", " prepare --help`");
    }

    private TrainerRun Prepare(params string[] more) => TrainerRun.Of(["prepare", _folder.File("cutouts"), "--out", _folder.File("data"), .. more]);
}
