using System.CommandLine;
using Matting.CommandLine;

namespace Matting.Shared.Tests.CommandLine;

/// <summary>Runs a command in this process and keeps what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static CommandRun Of(RootCommand root, string[] args) => Interruptible(root, args, TestContext.Current.CancellationToken);

    public static CommandRun Interruptible(RootCommand root, string[] args, CancellationToken cancellation)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = CommandHost.Run(root, args, output, error, cancellation);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A command line with one subcommand <c>work</c> that does what it is told.</summary>
    public static RootCommand Root(Func<ParseResult, CancellationToken, int> work, params Option[] options)
    {
        Command command = new("work", "Does the work of a test");
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, token) => Task.FromResult(work(parsed, token)));
        return new RootCommand("A command line for tests") { command };
    }
}
