using Matting.Runtime.Sessions;
using Matting.Runtime.Sessions.Providers;
using Matting.Runtime.Tests.TinyModels;

namespace Matting.Runtime.Tests.Loading;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("cuda", "cuda:0", "CUDAExecutionProvider")]
    [InlineData("cuda:3", "cuda:3", "CUDAExecutionProvider")]
    [InlineData("tensorrt", "tensorrt:0", "TensorrtExecutionProvider")]
    [InlineData("webgpu", "webgpu", "WebGpuExecutionProvider")]
    [InlineData("directml:1", "directml:1", "DmlExecutionProvider")]
    [InlineData("openvino:NPU", "openvino:NPU", "OpenVINOExecutionProvider")]
    [InlineData("coreml", "coreml", "CoreMLExecutionProvider")]
    [InlineData("migraphx", "migraphx:0", "MIGraphXExecutionProvider")]
    [InlineData("qnn:htp", "qnn:htp", "QNNExecutionProvider")]
    [InlineData("vitisai", "vitisai", "VitisAIExecutionProvider")]
    [InlineData("xnnpack", "xnnpack", "XnnpackExecutionProvider")]
    public void A_device_is_used_or_refused_with_what_is_missing_but_never_replaced_by_the_CPU(string device, string named, string provider)
    {
        try
        {
            using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model", new() { Device = device });
            Assert.Equal(provider, model.Provider);
            Assert.Equal(named, model.Device);
        }
        catch (DeviceUnavailableException refused)
        {
            Assert.Equal(named, refused.Device);
            Assert.StartsWith($"device {named}: ", refused.Message, StringComparison.Ordinal);
            Assert.Matches($"libonnxruntime_providers_[a-z]+.so|built without {provider}|(?i:sound|takes no part|adapter)", refused.Message);
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("")]
    [InlineData("cpu:0")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:64")]
    [InlineData("cuda:0:1")]
    [InlineData("webgpu:0")]
    [InlineData("openvino:")]
    [InlineData("openvino:a b")]
    [InlineData("openvino:GPU\n")]
    public void A_device_that_nobody_knows_is_refused_with_a_list_of_those_that_exist(string device)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => ComputeDevice.Parse(device));
        Assert.Contains("cpu, cuda[:N], tensorrt[:N], ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda:007", "cuda:7")]
    [InlineData("cuda:00", "cuda:0")]
    [InlineData("openvino", "openvino")]
    [InlineData("openvino:HETERO:GPU.0,CPU", "openvino:HETERO:GPU.0,CPU")]
    public void A_device_has_one_spelling(string text, string spelling) => Assert.Equal(spelling, ComputeDevice.Parse(text).ToString());

    [Fact]
    public void The_loader_s_report_is_reduced_to_the_library_that_is_missing()
    {
        const string Report = """
            Unable to load shared library 'libonnxruntime_providers_cuda.so' or one of its dependencies. In order to help diagnose loading problems, consider using a tool like strace.
            libcublasLt.so.12: cannot open shared object file: No such file or directory
            /app/liblibonnxruntime_providers_cuda.so: cannot open shared object file: No such file or directory
            """;
        Assert.Equal(
            "libonnxruntime_providers_cuda.so cannot be loaded: libcublasLt.so.12: cannot open shared object file: No such file or directory",
            ProviderLibraries.Explain("libonnxruntime_providers_cuda.so", Report));
    }

    [Fact]
    public void Without_a_missing_dependency_the_library_itself_is_missing()
    {
        const string Report = """
            Unable to load shared library 'libonnxruntime_providers_cuda.so' or one of its dependencies.
            /app/libonnxruntime_providers_cuda.so: cannot open shared object file: No such file or directory
            """;
        Assert.StartsWith("libonnxruntime_providers_cuda.so is missing", ProviderLibraries.Explain("libonnxruntime_providers_cuda.so", Report), StringComparison.Ordinal);
    }
}
