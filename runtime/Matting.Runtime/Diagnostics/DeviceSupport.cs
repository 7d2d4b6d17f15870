using System.Runtime.InteropServices;
using Matting.Runtime.Sessions;
using Matting.Runtime.Sessions.Providers;

namespace Matting.Runtime.Diagnostics;

/// <summary>A native library that is not there.</summary>
/// <param name="Name">Its file name, for instance <c>libcudnn.so.9</c>.</param>
/// <param name="NeededBy">Who needs it: another library's file name, or CUDA itself.</param>
public sealed record MissingLibrary(string Name, string NeededBy);

/// <summary>A device, the execution provider of ONNX Runtime behind it, and what of that provider is missing. Libraries have the names of Linux; elsewhere none is looked for.</summary>
/// <param name="Device">As <see cref="MattingModelOptions.Device"/> takes it, for instance <c>cuda:0</c>.</param>
/// <param name="Provider">Name of the provider, for instance <c>CUDAExecutionProvider</c>.</param>
/// <param name="Offered">True when the loaded ONNX Runtime was built with it.</param>
/// <param name="Missing">Libraries in the order in which they are needed.</param>
public sealed record DeviceSupport(string Device, string Provider, bool Offered, IReadOnlyList<MissingLibrary> Missing)
{
    /// <summary>The device that is always there.</summary>
    public const string Cpu = CpuProvider.Device;

    private const string NvidiaDriver = "libcuda.so.1";

    /// <summary>
    /// How the devices are written that Matting knows: <c>cpu</c>, <c>cuda[:N]</c>, <c>tensorrt[:N]</c>, <c>openvino[:NAME]</c> and so on.
    /// Which of them the loaded ONNX Runtime offers says <see cref="Of"/>. Loads nothing.
    /// </summary>
    public static IReadOnlyList<string> Devices { get; } = [.. ExecutionProviders.Known.Select(provider => provider.Syntax)];

    /// <summary>The one spelling of a device: <c>cuda</c> becomes <c>cuda:0</c>. Loads nothing.</summary>
    /// <exception cref="ArgumentException">No device that Matting knows; the message lists them.</exception>
    public static string Normalise(string device) => ComputeDevice.Parse(device).ToString();

    /// <summary>The devices whose providers the loaded ONNX Runtime was built with, in the order of <see cref="Devices"/>.</summary>
    public static IReadOnlyList<string> OfferedDevices(InferenceEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return [.. ExecutionProviders.Known.Where(provider => environment.Providers.Contains(provider.Name)).Select(provider => Normalise(provider.Kind))];
    }

    /// <summary>Looks for the libraries of a device's provider. Those that are found stay loaded: unloading libraries of CUDA is not safe.</summary>
    /// <param name="environment">The loaded ONNX Runtime.</param>
    /// <param name="device">For instance <c>cuda:0</c>.</param>
    /// <exception cref="ArgumentException">No device that Matting knows.</exception>
    public static DeviceSupport Of(InferenceEnvironment environment, string device)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ComputeDevice parsed = ComputeDevice.Parse(device);
        ExecutionProvider provider = ExecutionProviders.Find(parsed.Kind)!;
        bool offered = environment.Providers.Contains(provider.Name);
        if (!OperatingSystem.IsLinux() || environment.Library is null)
            return new(parsed.ToString(), provider.Name, offered, []);
        string folder = Path.GetDirectoryName(environment.Library)!;
        List<MissingLibrary> missing = [];
        foreach (string library in provider.Libraries)
        {
            string file = Path.Combine(folder, library);
            if (File.Exists(file))
                missing.AddRange(ElfNeeds.Of(file).Where(needed => !IsThere(folder, needed)).Select(needed => new MissingLibrary(needed, library)));
            else
                missing.Add(new MissingLibrary(library, Path.GetFileName(environment.Library)));
        }
        if (provider is CudaProvider or TensorRtProvider && !IsThere(folder, NvidiaDriver))
            missing.Add(new MissingLibrary(NvidiaDriver, "CUDA"));
        return new(parsed.ToString(), provider.Name, offered, [.. missing.DistinctBy(library => library.Name)]);
    }

    // the loader's own folders, or beside ONNX Runtime
    private static bool IsThere(string folder, string library) =>
        File.Exists(Path.Combine(folder, library)) || NativeLibrary.TryLoad(library, out _);
}
