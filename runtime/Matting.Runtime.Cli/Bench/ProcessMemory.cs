using System.Diagnostics;
using System.Globalization;

namespace Matting.Runtime.Cli.Bench;

/// <summary>Resident memory of this process.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";
    private const string Resetting = "/proc/self/clear_refs";
    private const string ResetPeakCommand = "5";

    /// <summary>The memory that is resident now.</summary>
    public static long Now() => Environment.WorkingSet;

    /// <summary>The most that was resident since the last <see cref="ResetPeak"/>, or since the start where the system cannot reset it.</summary>
    public static long Peak()
    {
        if (File.Exists(Status) && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line)
            return long.Parse(line.AsSpan(6, line.Length - 6 - " kB".Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture) * 1024;
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Lets the peak begin anew, where the system can: Linux, unless a container forbids it.</summary>
    public static void ResetPeak()
    {
        try
        {
            if (File.Exists(Resetting))
                File.WriteAllText(Resetting, ResetPeakCommand);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // the peak since the start then stands in the table: never too small
        }
    }
}
