using System.CommandLine;

namespace Matting.CommandLine;

/// <summary>
/// Runs a command line the way both commands do: usage errors, failures and interruptions each end
/// in one line on stderr and in their code of <see cref="ExitCodes"/>.
/// </summary>
public static class CommandHost
{
    /// <summary>Parses the arguments and runs the command they name on the console.</summary>
    /// <remarks>
    /// SIGINT, SIGTERM and SIGHUP cancel the token that the command's action gets; a second one ends the
    /// process at once. An action that honours the token ends with <see cref="ExitCodes.Interrupted"/>.
    /// </remarks>
    /// <param name="root">The command with its subcommands; its help options are replaced by ours.</param>
    /// <param name="args">The arguments of the process.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(RootCommand root, string[] args)
    {
        using Interruption interruption = new();
        return Run(root, args, interruption);
    }

    /// <summary>Like <see cref="Run(RootCommand, string[])"/>, for commands that decide themselves what Ctrl-C means.</summary>
    /// <param name="root">The command with its subcommands.</param>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="interruption">What the signals do; it stays the caller's.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(RootCommand root, string[] args, Interruption interruption)
    {
        ArgumentNullException.ThrowIfNull(interruption);
        return Run(root, args, Console.Out, Console.Error, interruption.Token);
    }

    /// <summary>Like <see cref="Run(RootCommand, string[])"/>, with writers and a token instead of console and signals.</summary>
    /// <param name="root">The command with its subcommands.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Takes what the command prints.</param>
    /// <param name="error">Takes the one-line errors.</param>
    /// <param name="cancellation">Interrupts the command.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(RootCommand root, IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(root);
        HelpWithExamples.Install(root);
        // response files are off: a picture may be called @1.png
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
        {
            WriteError(root, UsageText.Of(parsed), error);
            return ExitCodes.Usage;
        }
        InvocationConfiguration configuration = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return parsed.InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
        }
        catch (Exception caught)
        {
            return Report(root, parsed, caught, error, cancellation);
        }
    }

    private static int Report(RootCommand root, ParseResult parsed, Exception caught, TextWriter error, CancellationToken cancellation)
    {
        Exception cause = ErrorText.Unwrap(caught);
        if (cause is OperationCanceledException && cancellation.IsCancellationRequested)
        {
            error.WriteLine($"{root.Name}: interrupted");
            return ExitCodes.Interrupted;
        }
        int exitCode = cause is UserErrorException known ? known.ExitCode : ExitCodes.Failed;
        string message = ErrorText.Of(cause);
        WriteError(root, exitCode == ExitCodes.Usage ? UsageText.WithHint(message, parsed) : message, error);
        if (Environment.GetEnvironmentVariable(ErrorText.TraceVariable) == "1")
            error.WriteLine(caught);
        return exitCode;
    }

    private static void WriteError(RootCommand root, string message, TextWriter error) =>
        error.WriteLine($"{root.Name}: error: {message}");
}
