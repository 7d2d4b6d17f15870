using Matting.Fuzz.Running;
using Matting.Fuzz.Targets;
using Matting.Testing;

namespace Matting.Runtime.Tests.Fuzzing;

/// <summary>Damaged input by the ten-thousand, in child processes. What is found is kept under artifacts/fuzz.</summary>
public sealed class FuzzTests
{
    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "artifacts", "fuzz");

    public static TheoryData<string, string> Misdeeds => new()
    {
        { "trial-throws", "exception" },
        { "trial-lies", "wrong" },
        { "trial-crashes", "crash" },
        { "trial-hangs", "hang" },
        { "trial-grows", "memory" },
    };

    [Fact]
    public void Whatever_arrives_is_a_result_or_one_of_our_exceptions()
    {
        (IReadOnlyList<FuzzFinding> findings, string report) = Run(new FuzzRunOptions { Targets = [.. FuzzTargets.Names], Folder = Folder });
        Assert.True(findings.Count == 0, report);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
    }

    [Theory]
    [MemberData(nameof(Misdeeds))]
    public void A_run_finds_each_kind_of_failure_and_leaves_its_input(string target, string kind)
    {
        using TempFolder folder = new();
        (IReadOnlyList<FuzzFinding> findings, string report) =
            Run(new FuzzRunOptions { Targets = [target], Inputs = 6, Seed = 2, HangLimit = TimeSpan.FromSeconds(1), Folder = folder.Path });
        Assert.True(findings.Count > 0, report);
        Assert.All(findings, finding => Assert.Equal(kind, finding.Kind));
        Assert.Contains(findings[0].Replay, report, StringComparison.Ordinal);
        using FuzzTarget trial = FuzzTargets.Create(target);
        Assert.Equal(FuzzPart.Input(trial, 2, findings[0].Index), File.ReadAllBytes(folder.File($"{target}-2-{findings[0].Index}.bin")));
        // the others of the six were tried as well
        Assert.Contains("6 inputs in", report, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_follows_from_target_seed_and_index_alone()
    {
        foreach (string name in FuzzTargets.Names)
        {
            using FuzzTarget first = FuzzTargets.Create(name), second = FuzzTargets.Create(name);
            FuzzPart.Input(first, 7, 40);
            byte[] input = FuzzPart.Input(first, 7, 41);
            Assert.Equal(input, FuzzPart.Input(second, 7, 41));
            Assert.NotEqual(input, FuzzPart.Input(second, 8, 41));
        }
    }

    private static (IReadOnlyList<FuzzFinding> Findings, string Report) Run(FuzzRunOptions options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: the memory of a process is read from /proc");
        using StringWriter report = new();
        IReadOnlyList<FuzzFinding> findings = new FuzzRun(options, report).Run(TestContext.Current.CancellationToken);
        return (findings, report.ToString());
    }
}
