using Matting.Runtime.Diagnostics;

namespace Matting.Runtime.Tests.Diagnostics;

public sealed class InferenceEnvironmentTests
{
    [Fact]
    public void The_loaded_library_is_named_with_its_version_and_providers()
    {
        InferenceEnvironment environment = InferenceEnvironment.Probe();
        Assert.Null(environment.Failure);
        Assert.Matches("^[0-9]+\\.[0-9]+", environment.Version);
        Assert.Contains("CPUExecutionProvider", environment.Providers);
        Assert.True(File.Exists(environment.Library), environment.Library);
    }

    [Fact]
    public void A_provider_whose_own_library_is_not_beside_ONNX_Runtime_lacks_that_first()
    {
        InferenceEnvironment environment = InferenceEnvironment.Probe();
        if (!OperatingSystem.IsLinux() || Directory.GetFiles(Path.GetDirectoryName(environment.Library)!, "libonnxruntime_providers_*").Length > 0)
            Assert.Skip("this ONNX Runtime has providers in libraries of their own, or this is not Linux");
        DeviceSupport support = DeviceSupport.Of(environment, "cuda");
        Assert.Equal(environment.Providers.Contains("CUDAExecutionProvider"), support.Offered);
        Assert.Equal(["libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so"], support.Missing.Take(2).Select(library => library.Name));
        Assert.Equal("libonnxruntime.so", support.Missing[0].NeededBy);
    }

    [Fact]
    public void The_CPU_is_always_offered_and_lacks_nothing()
    {
        InferenceEnvironment environment = InferenceEnvironment.Probe();
        DeviceSupport support = DeviceSupport.Of(environment, "cpu");
        Assert.Equal(("cpu", "CPUExecutionProvider", true, 0), (support.Device, support.Provider, support.Offered, support.Missing.Count));
        Assert.Contains("cpu", DeviceSupport.OfferedDevices(environment));
    }

    [Fact]
    public void A_device_that_nobody_knows_is_refused() =>
        Assert.Throws<ArgumentException>(() => DeviceSupport.Of(InferenceEnvironment.Probe(), "gpu"));

    [Fact]
    public void Every_device_that_is_listed_can_be_asked_for()
    {
        foreach (string device in DeviceSupport.Devices)
        {
            string kind = device.Split('[')[0];
            Assert.StartsWith(kind, DeviceSupport.Normalise(kind), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Managed_assemblies_are_no_native_libraries()
    {
        Assert.DoesNotContain(InferenceEnvironment.LoadedLibraries("Matting"), file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase));
    }
}
