using System.CommandLine;
using Matting.CommandLine;
using Matting.Runtime.Cli;

namespace Matting.Runtime.Tests.Cli;

/// <summary>One run of <c>matting</c> in this process.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>How error lines begin: in tests the executable is another one.</summary>
    public static string ErrorPrefix { get; } = $"{RootCommand.ExecutableName}: error: ";

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static CliRun Of(params string[] args) => Of(TestContext.Current.CancellationToken, args);

    public static CliRun Of(CancellationToken cancellation, params string[] args) => Of(MattingCommand.Create(), args, cancellation);

    /// <summary>A run with bytes on stdin; what it writes as bytes to stdout goes to <paramref name="output"/>.</summary>
    public static CliRun OnStreams(byte[] input, MemoryStream output, params string[] args)
    {
        BinaryStreams streams = new(() => new MemoryStream(input), () => output);
        return Of(MattingCommand.Create(streams), args, TestContext.Current.CancellationToken);
    }

    private static CliRun Of(RootCommand command, string[] args, CancellationToken cancellation)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int exitCode = CommandHost.Run(command, args, output, error, cancellation);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Asserts the exit code and that the error is one line with these parts.</summary>
    public void FailsWith(int exitCode, params string[] parts)
    {
        Assert.Equal((exitCode, ""), (ExitCode, Output));
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith(ErrorPrefix, StringComparison.Ordinal));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }
}
