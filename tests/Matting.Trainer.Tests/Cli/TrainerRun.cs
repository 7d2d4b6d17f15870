using Matting.CommandLine;
using Matting.Trainer.Cli;

namespace Matting.Trainer.Tests.Cli;

/// <summary>Runs <c>matting-train</c> in this process and keeps what it wrote.</summary>
internal sealed record TrainerRun(int ExitCode, string Output, string Error)
{
    public static TrainerRun Of(params string[] args) => Interruptible(TestContext.Current.CancellationToken, args);

    public static TrainerRun Interruptible(CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = CommandHost.Run(TrainerCommandLine.Create(), args, output, error, cancellation);
        return new TrainerRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The run failed with this code and one line on stderr that contains all of these texts.</summary>
    public void AssertRefused(int exitCode, params string[] said)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.Empty(Output);
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("unexpected", Error, StringComparison.Ordinal);
        Assert.All(said, text => Assert.Contains(text, Error, StringComparison.Ordinal));
    }
}
