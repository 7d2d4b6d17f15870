using System.Globalization;
using Xunit;

namespace Matting.Testing;

/// <summary>What the tests need to know about Unix signals.</summary>
public static class Signals
{
    /// <summary>
    /// Skips the running test where processes do not take the signal: on Windows, and where the tests were started with it
    /// ignored, as a shell does with SIGINT in the background. Children inherit that, and a command that honours it is right.
    /// </summary>
    /// <param name="name"><c>INT</c> or <c>TERM</c>.</param>
    public static void SkipUnlessTaken(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: Windows has no such signals");
        int number = name == "INT" ? 2 : 15;
        Assert.SkipWhen(IsIgnored(number), $"SKIPPED: these tests were started with SIG{name} ignored");
    }

    private static bool IsIgnored(int number)
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status))
            return false;
        string mask = File.ReadLines(status).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..];
        return (ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (number - 1) & 1) == 1;
    }
}
