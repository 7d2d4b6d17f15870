using System.Globalization;

namespace Matting.Fuzz.Running;

/// <summary>Memory of processes, from /proc; null on systems without it.</summary>
internal static class ProcessMemory
{
    /// <summary>The largest resident memory that a process has had, in bytes.</summary>
    /// <param name="process">Its id; null for this one.</param>
    public static long? Peak(int? process = null)
    {
        string status = process is { } id ? $"/proc/{id}/status" : "/proc/self/status";
        try
        {
            foreach (string line in File.ReadLines(status))
            {
                // in kB
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
            }
        }
        catch (IOException)
        {
            // no such system, or the process has ended just now
        }
        return null;
    }
}
