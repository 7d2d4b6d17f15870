using System.Runtime.InteropServices;

namespace Matting.Runtime.Diagnostics;

/// <summary>A native library that is not there.</summary>
/// <param name="Name">Its file name, for instance <c>libcudnn.so.9</c>.</param>
/// <param name="NeededBy">Who needs it: another library's file name, or CUDA itself.</param>
public sealed record MissingLibrary(string Name, string NeededBy);

/// <summary>What an execution provider of ONNX Runtime for NVIDIA GPUs needs, and what of it is missing. Names are those of Linux; elsewhere nothing is looked for.</summary>
/// <param name="Provider">Its name, for instance <c>CUDAExecutionProvider</c>.</param>
/// <param name="Offered">True when the loaded ONNX Runtime was built with it.</param>
/// <param name="Missing">Libraries in the order in which they are needed.</param>
public sealed record GpuSupport(string Provider, bool Offered, IReadOnlyList<MissingLibrary> Missing)
{
    private const string Driver = "libcuda.so.1";

    /// <summary>Looks for the libraries of a provider. Those that are found stay loaded: unloading libraries of CUDA is not safe.</summary>
    /// <param name="environment">The loaded ONNX Runtime.</param>
    /// <param name="provider"><c>CUDAExecutionProvider</c> or <c>TensorrtExecutionProvider</c>.</param>
    public static GpuSupport Of(InferenceEnvironment environment, string provider)
    {
        ArgumentNullException.ThrowIfNull(environment);
        bool offered = environment.Providers.Contains(provider);
        if (!OperatingSystem.IsLinux() || environment.Library is null)
            return new(provider, offered, []);
        string folder = Path.GetDirectoryName(environment.Library)!;
        string kind = provider.Replace("ExecutionProvider", "", StringComparison.Ordinal).ToLowerInvariant();
        List<MissingLibrary> missing = [];
        foreach (string library in (string[])["libonnxruntime_providers_shared.so", $"libonnxruntime_providers_{kind}.so"])
        {
            string file = Path.Combine(folder, library);
            if (File.Exists(file))
                missing.AddRange(ElfNeeds.Of(file).Where(needed => !IsThere(folder, needed)).Select(needed => new MissingLibrary(needed, library)));
            else
                missing.Add(new MissingLibrary(library, Path.GetFileName(environment.Library)));
        }
        if (!IsThere(folder, Driver))
            missing.Add(new MissingLibrary(Driver, "CUDA"));
        return new(provider, offered, [.. missing.DistinctBy(library => library.Name)]);
    }

    // the loader's own folders, or beside ONNX Runtime
    private static bool IsThere(string folder, string library) =>
        File.Exists(Path.Combine(folder, library)) || NativeLibrary.TryLoad(library, out _);
}
