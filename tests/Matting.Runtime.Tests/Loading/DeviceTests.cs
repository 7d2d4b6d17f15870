using Matting.Runtime.Sessions;
using Matting.Runtime.Tests.TinyModels;

namespace Matting.Runtime.Tests.Loading;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void CUDA_is_used_or_refused_with_the_missing_library_but_never_replaced_by_the_CPU(string device, string named)
    {
        try
        {
            using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model", new() { Device = device });
            Assert.Equal("CUDAExecutionProvider", model.Provider);
            Assert.Equal(named, model.Device);
        }
        catch (DeviceUnavailableException refused)
        {
            Assert.Equal(named, refused.Device);
            Assert.StartsWith($"device {named}: ", refused.Message, StringComparison.Ordinal);
            Assert.Matches("libonnxruntime_providers_(shared|cuda).so|built without CUDA|CUDA refuses", refused.Message);
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

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
            CudaLibraries.Explain("libonnxruntime_providers_cuda.so", Report));
    }

    [Fact]
    public void Without_a_missing_dependency_the_library_itself_is_missing()
    {
        const string Report = """
            Unable to load shared library 'libonnxruntime_providers_cuda.so' or one of its dependencies.
            /app/libonnxruntime_providers_cuda.so: cannot open shared object file: No such file or directory
            """;
        Assert.StartsWith("libonnxruntime_providers_cuda.so is missing", CudaLibraries.Explain("libonnxruntime_providers_cuda.so", Report), StringComparison.Ordinal);
    }
}
