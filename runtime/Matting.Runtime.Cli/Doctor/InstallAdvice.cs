using System.Globalization;
using System.Text.RegularExpressions;

namespace Matting.Runtime.Cli.Doctor;

/// <summary>Which command installs a library. Debian and Ubuntu, with NVIDIA's own package source for what is NVIDIA's.</summary>
internal static partial class InstallAdvice
{
    private const string UsualCuda = "12";
    private const string OurSetup = "dotnet cake --target=Setup";

    /// <summary>The build of ONNX Runtime that has the providers for GPUs.</summary>
    public const string GpuBuild = OurSetup + " --packages=nuget";

    /// <summary>What Matting itself needs, CPU.</summary>
    public const string Everything = OurSetup;

    /// <summary>The command for a library.</summary>
    /// <param name="library">File name, for instance <c>libcudnn.so.9</c>.</param>
    /// <param name="all">All that are missing: they tell the release of CUDA.</param>
    public static string For(string library, IReadOnlyCollection<string> all)
    {
        string cuda = all.Select(CudaOf).FirstOrDefault(release => release is not null) ?? UsualCuda;
        return library switch
        {
            _ when library.StartsWith("libonnxruntime", StringComparison.Ordinal) => GpuBuild,
            _ when library.StartsWith("libcuda.so", StringComparison.Ordinal) => "apt-get install nvidia-driver (in a container: start it with --gpus all)",
            _ when library.StartsWith("libcudnn", StringComparison.Ordinal) => $"apt-get install cudnn{Major(library) ?? "9"}-cuda-{cuda}",
            _ when library.StartsWith("libnv", StringComparison.Ordinal) && !library.StartsWith("libnvrtc", StringComparison.Ordinal) => TensorRt(Major(library) ?? "10"),
            _ when library.StartsWith("libcu", StringComparison.Ordinal) || library.StartsWith("libnvrtc", StringComparison.Ordinal) => $"apt-get install cuda-toolkit-{cuda}",
            _ => $"apt-file search {library}",
        };
    }

    private static string TensorRt(string major) =>
        string.Create(CultureInfo.InvariantCulture, $"apt-get install libnvinfer{major} libnvinfer-plugin{major} libnvonnxparsers{major}");

    // of these the number behind .so is CUDA's own
    private static string? CudaOf(string library) =>
        library.StartsWith("libcublas", StringComparison.Ordinal) || library.StartsWith("libcudart", StringComparison.Ordinal) ? Major(library) : null;

    private static string? Major(string library) => Version().Match(library) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("\\.so\\.([0-9]+)")]
    private static partial Regex Version();
}
