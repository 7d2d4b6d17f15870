using Matting.CommandLine;
using Matting.Testing;
using Matting.Trainer.Tests.Reports;

namespace Matting.Trainer.Tests.Cli;

public sealed class ReportCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_is_written_once_and_again_only_when_asked_to()
    {
        string run = ReportRuns.Write(_folder, "run", epochs: 2), page = _folder.File("report.html");

        TrainerRun first = TrainerRun.Of("report", run, "--out", page);
        Assert.Equal((ExitCodes.Done, ""), (first.ExitCode, first.Error));
        Assert.StartsWith($"{page}: 2 epochs of {Path.Combine(run, "recipe.yaml")}, ", first.Output, StringComparison.Ordinal);
        byte[] written = File.ReadAllBytes(page);

        TrainerRun.Of("report", run, "--out", page).AssertRefused(ExitCodes.Failed, "report.html", "exists already", "--overwrite");
        Assert.Equal(written, File.ReadAllBytes(page));

        Assert.Equal(ExitCodes.Done, TrainerRun.Of("report", run, "--out", page, "--overwrite").ExitCode);
        Assert.Equal(written, File.ReadAllBytes(page));
    }

    [Fact]
    public void Of_several_runs_in_a_folder_the_newest_is_taken_or_the_one_that_is_named()
    {
        string run = ReportRuns.Write(_folder, "run", epochs: 2);
        ReportRuns.WriteRecipe(run, "recipe_2.yaml");
        ReportRuns.WriteLog(run, "log_2.csv", 4);

        Assert.Contains("4 epochs", Report(run), StringComparison.Ordinal);
        Assert.Contains("2 epochs", Report(run, "--number", "1"), StringComparison.Ordinal);
        Assert.Contains("2 epochs", Report(Path.Combine(run, "log.csv")), StringComparison.Ordinal);
        Assert.Contains("4 epochs", Report(Path.Combine(run, "log_2.csv"), "--number", "2"), StringComparison.Ordinal);
        Assert.Contains("2 epochs", Report(Path.Combine(run, "recipe.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_run_is_refused()
    {
        string run = ReportRuns.Write(_folder, "run", epochs: 1), page = _folder.File("none.html");
        Directory.CreateDirectory(_folder.File("empty"));

        TrainerRun.Of("report", _folder.File("nowhere"), "--out", page).AssertRefused(ExitCodes.Failed, "nowhere", "no such run");
        TrainerRun.Of("report", _folder.File("empty"), "--out", page).AssertRefused(ExitCodes.Failed, "empty", "no run in it");
        TrainerRun.Of("report", run, "--number", "3", "--out", page).AssertRefused(ExitCodes.Failed, "recipe_3.yaml", "is run 1");
        TrainerRun.Of("report", Path.Combine(run, "log.csv"), "--number", "3", "--out", page).AssertRefused(ExitCodes.Failed, "log.csv", "belongs to run 1");
        TrainerRun.Of("report", Path.Combine(run, "pictures", "train-batch-epoch-001.png"), "--out", page).AssertRefused(ExitCodes.Failed, "no file of a run");
        TrainerRun.Of("report", run, "--number", "0", "--out", page).AssertRefused(ExitCodes.Usage, "--number 0");
        TrainerRun.Of("report", run).AssertRefused(ExitCodes.Usage, "--out");
        Assert.False(File.Exists(page));
    }

    private string Report(params string[] arguments)
    {
        TrainerRun run = TrainerRun.Of(["report", .. arguments, "--out", _folder.File("report.html"), "--overwrite"]);
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        return run.Output;
    }
}
