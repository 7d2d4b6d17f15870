using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace Matting.Testing;

/// <summary>Unix signals, for tests of commands that are interrupted.</summary>
public static partial class Signals
{
    /// <summary>
    /// Skips the running test where processes do not take the signal: on Windows, and where the tests were started with it
    /// ignored, as a shell does with SIGINT in the background. Children inherit that, and a command that honours it is right.
    /// </summary>
    /// <param name="name"><c>INT</c> or <c>TERM</c>.</param>
    public static void SkipUnlessTaken(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: Windows has no such signals");
        Assert.SkipWhen(IsIgnored(NumberOf(name)), $"SKIPPED: these tests were started with SIG{name} ignored");
    }

    /// <summary>Sends a signal by the system's own call: a minimal system has no command for it.</summary>
    /// <param name="process">Who gets it.</param>
    /// <param name="name"><c>INT</c> or <c>TERM</c>.</param>
    public static void Send(Process process, string name)
    {
        if (Kill(process.Id, NumberOf(name)) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static int NumberOf(string name) => name switch
    {
        "INT" => 2,
        "TERM" => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "INT or TERM"),
    };

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    private static bool IsIgnored(int number)
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status))
            return false;
        string mask = File.ReadLines(status).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..];
        return (ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (number - 1) & 1) == 1;
    }
}
