using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Cli.Doctor;

/// <summary>Finds out on what machine this runs.</summary>
internal static class MachineFacts
{
    // every assembly of this repository says this; the official packages name their own makers
    private const string OurCompany = "Matting";

    public static MachineReport Read() => new()
    {
        Matting = Version(typeof(MattingModel).Assembly),
        Packages = IsStandIn(typeof(InferenceSession).Assembly) ? "standin" : "nuget",
        DotNet = RuntimeInformation.FrameworkDescription,
        AspNetCore = AspNetCoreRuntime.Version,
        System = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}",
        Processor = Processor(),
        Threads = Environment.ProcessorCount,
        Vectors = Vectors(),
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        FreeMemoryBytes = FreeMemory(),
    };

    /// <summary>True for an assembly of this repository that stands for an official package.</summary>
    public static bool IsStandIn(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyCompanyAttribute>()?.Company == OurCompany;

    /// <summary>The version of an assembly without the commit behind it.</summary>
    public static string Version(Assembly assembly)
    {
        string? text = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return text?.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "unknown";
    }

    private static string Processor() =>
        FirstValue("/proc/cpuinfo", "model name")
        ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static long? FreeMemory() =>
        FirstValue("/proc/meminfo", "MemAvailable")?.Split(' ')[0] is { } kibibytes && long.TryParse(kibibytes, CultureInfo.InvariantCulture, out long count)
            ? count * 1024
            : null;

    private static List<string> Vectors()
    {
        (string Name, bool Supported)[] known =
        [
            ("SSE4.2", Sse42.IsSupported), ("AVX", Avx.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported),
            ("AVX-512F", Avx512F.IsSupported), ("AVX-512BW", Avx512BW.IsSupported), ("AVX-512VBMI", Avx512Vbmi.IsSupported),
            ("AdvSimd", AdvSimd.IsSupported), ("Dp", Dp.IsSupported),
        ];
        return [.. known.Where(feature => feature.Supported).Select(feature => feature.Name)];
    }

    // "name : value" lines, as Linux writes them; other systems have no such files
    private static string? FirstValue(string file, string name)
    {
        if (!File.Exists(file))
            return null;
        string? line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
