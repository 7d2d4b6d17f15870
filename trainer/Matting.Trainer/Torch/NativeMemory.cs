using System.Runtime.InteropServices;

namespace Matting.Trainer.Torch;

/// <summary>
/// How the C library treats the large blocks of tensors. With glibc's defaults every feature map comes from the
/// system and goes back to it; the page faults of touching it anew cost about a third of a training step on a CPU.
/// </summary>
public static partial class NativeMemory
{
    /// <summary>The setting that keeps freed blocks in the process.</summary>
    public const string Keep = "keep";

    /// <summary>The setting that leaves everything to the system's defaults.</summary>
    public const string System = "system";

    // malloc.h of glibc
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    /// <summary>Applies a setting to this process. Call it before the first tensor is made.</summary>
    /// <param name="setting"><see cref="Keep"/> or <see cref="System"/>.</param>
    /// <returns>One line that says what holds from now on.</returns>
    public static string Apply(string setting)
    {
        if (setting == System)
            return "system (freed blocks go back to the system)";
        if (!OperatingSystem.IsLinux() || !HasGlibc())
            return "system (keeping freed blocks needs Linux with glibc)";
        bool applied = MallOpt(MmapMax, 0) == 1 && MallOpt(TrimThreshold, -1) == 1 && MallOpt(TopPad, 64 << 20) == 1;
        return applied ? "keep (freed blocks stay with the process)" : "system (glibc refused mallopt)";
    }

    /// <summary>The most memory this process ever held, in bytes (<c>VmHWM</c>); null where the system does not tell.</summary>
    public static long? PeakBytes()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
            return null;
        string? line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        string[] parts = line?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return parts is [_, string kibibytes, "kB"] && long.TryParse(kibibytes, out long value) ? value * 1024 : null;
    }

    private static bool HasGlibc() =>
        NativeLibrary.TryLoad("libc.so.6", out nint library) && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);
}
