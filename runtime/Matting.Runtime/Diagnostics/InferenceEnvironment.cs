using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Diagnostics;

/// <summary>The ONNX Runtime that this process uses.</summary>
public sealed record InferenceEnvironment
{
    /// <summary>Release of the native library, for instance 1.30.0; null when it does not load.</summary>
    public string? Version { get; private init; }

    /// <summary>Path of the native library as the system says it; null when it does not load or the system does not say.</summary>
    public string? Library { get; private init; }

    /// <summary>Names of the execution providers that the library was built with, the preferred ones first; empty when it does not load.</summary>
    public IReadOnlyList<string> Providers { get; private init; } = [];

    /// <summary>Why the library does not load, in one line; null when it does.</summary>
    public string? Failure { get; private init; }

    /// <summary>Loads ONNX Runtime, unless that has happened already, and asks it. Does not throw when it cannot be loaded.</summary>
    public static InferenceEnvironment Probe()
    {
        try
        {
            OrtEnv env = OrtEnv.Instance();
            return new InferenceEnvironment
            {
                Version = env.GetVersionString(),
                Providers = env.GetAvailableProviders(),
                Library = LoadedLibraries("onnxruntime") is [var first, ..] ? first : null,
            };
        }
        catch (Exception failure) when (Unwrap(failure) is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or NotSupportedException or OnnxRuntimeException)
        {
            return new InferenceEnvironment { Failure = Unwrap(failure).Message.ReplaceLineEndings(" ").Trim() };
        }
    }

    /// <summary>Native libraries that this process has loaded.</summary>
    /// <param name="part">What their names contain; <c>lib</c> before and versions behind do not matter.</param>
    /// <returns>Paths in alphabetical order, those of managed assemblies left out.</returns>
    public static IReadOnlyList<string> LoadedLibraries(string part)
    {
        using Process process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>()
            .Where(module => Path.GetFileName(module.FileName).Contains(part, StringComparison.OrdinalIgnoreCase) && IsNative(module.FileName))
            .Select(module => module.FileName)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    // managed assemblies are mapped too, and are called .dll on every system
    private static bool IsNative(string file) =>
        OperatingSystem.IsWindows() ? !IsManaged(file) : !file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    private static bool IsManaged(string file) =>
        AppDomain.CurrentDomain.GetAssemblies().Any(assembly => !assembly.IsDynamic && string.Equals(assembly.Location, file, StringComparison.OrdinalIgnoreCase));

    private static Exception Unwrap(Exception failure) =>
        failure is TypeInitializationException { InnerException: { } inner } ? Unwrap(inner) : failure;
}
