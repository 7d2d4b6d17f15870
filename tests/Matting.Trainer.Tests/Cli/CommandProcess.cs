using System.Diagnostics;
using System.Runtime.InteropServices;
using Matting.Trainer.Cli;

namespace Matting.Trainer.Tests.Cli;

/// <summary>The real command in a process of its own, which does not outlive its test.</summary>
internal sealed class CommandProcess : Process
{
    /// <summary>The dotnet that runs this test: none needs to be on the path.</summary>
    public static string Dotnet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>The assembly of the command.</summary>
    public static string Command => typeof(TrainerCommandLine).Assembly.Location;

    public static CommandProcess Launch(params string[] args) => Launch(("MATTING_TRACE", ""), args);

    public static CommandProcess Launch((string Name, string Value) variable, params string[] args)
    {
        CommandProcess command = new()
        {
            StartInfo = new ProcessStartInfo(Dotnet, [Command, .. args])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                Environment = { [variable.Name] = variable.Value },
            },
        };
        command.Start();
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !HasExited)
            Kill(entireProcessTree: true);
        base.Dispose(disposing);
    }
}
