using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>Finds out why a provider does not load; ONNX Runtime itself only says that it does not.</summary>
internal static class ProviderLibraries
{
    /// <summary>The first library of a provider that cannot be loaded and the loader's reason; null when all can.</summary>
    public static string? WhatIsMissing(ExecutionProvider provider)
    {
        foreach (string library in provider.Libraries)
        {
            try
            {
                // stays loaded on purpose: the provider is unusable anyway, and unloading CUDA libraries is not safe
                NativeLibrary.Load(library, typeof(InferenceSession).Assembly, null);
            }
            catch (DllNotFoundException missing)
            {
                return Explain(library, missing.Message);
            }
        }
        return null;
    }

    /// <summary>Picks the telling line from a loader's report: it tries several places, one line each.</summary>
    internal static string Explain(string library, string report)
    {
        string[] attempts = report.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? dependency = attempts.FirstOrDefault(line =>
            line.Contains(".so", StringComparison.Ordinal) && !line.Contains(library, StringComparison.Ordinal));
        return dependency is null
            ? $"{library} is missing: it belongs beside libonnxruntime.so (the CPU build of ONNX Runtime comes without it)"
            : $"{library} cannot be loaded: {dependency}";
    }
}
