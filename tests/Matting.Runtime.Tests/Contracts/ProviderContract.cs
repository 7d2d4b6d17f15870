using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Contracts;

/// <summary>Execution providers: on a machine without a GPU what matters is that every call arrives, and that the refusal names the provider.</summary>
public sealed class ProviderContract
{
    [Fact]
    public void CUDA_s_settings_are_made_and_changed_or_its_library_is_named() => Quietly(() =>
    {
        using OrtCUDAProviderOptions settings = new();
        Assert.False(settings.IsInvalid);
        settings.UpdateOptions(new() { ["device_id"] = "0", ["gpu_mem_limit"] = "1048576" });
        Assert.Throws<OnnxRuntimeException>(() => settings.UpdateOptions(new() { ["no_such_setting"] = "1" }));
        using SessionOptions options = new();
        options.AppendExecutionProvider_CUDA(settings);
    }, "(?i)cuda|onnxruntime_providers");

    [Fact]
    public void TensorRT_s_settings_are_made_and_changed_or_its_library_is_named() => Quietly(() =>
    {
        using OrtTensorRTProviderOptions settings = new();
        Assert.False(settings.IsInvalid);
        settings.UpdateOptions(new() { ["device_id"] = "0", ["trt_max_workspace_size"] = "1048576" });
        using SessionOptions options = new();
        options.AppendExecutionProvider_Tensorrt(settings);
    }, "(?i)tensorrt|onnxruntime_providers");

    [Fact]
    public void A_provider_of_an_unknown_name_is_refused_by_that_name() => Quietly(() =>
    {
        using SessionOptions options = new();
        OnnxRuntimeException refused = Assert.Throws<OnnxRuntimeException>(() => options.AppendExecutionProvider("Imaginary"));
        Assert.Contains("Imaginary", refused.Message, StringComparison.Ordinal);
    }, "");

    [Fact]
    public void An_empty_setting_is_refused() => Quietly(() =>
    {
        using SessionOptions options = new();
        Assert.Throws<OnnxRuntimeException>(() => options.AppendExecutionProvider("XNNPACK", new() { ["key"] = "" }));
    }, "");

    [Fact]
    public void A_provider_that_the_library_was_built_without_says_so() => Quietly(() =>
    {
        using SessionOptions options = new();
        if (OrtEnv.Instance().GetAvailableProviders().Contains("VitisAIExecutionProvider"))
            Assert.Skip("this ONNX Runtime has VitisAI");
        OnnxRuntimeException refused = Assert.Throws<OnnxRuntimeException>(() => options.AppendExecutionProvider("VitisAI", new() { ["a"] = "b" }));
        Assert.Contains("VitisAI", refused.Message, StringComparison.Ordinal);
    }, "");

    [Fact]
    public void An_arena_of_a_stated_size_is_described()
    {
        using OrtArenaCfg arena = new(1 << 20, -1, -1, -1);
        Assert.False(arena.IsInvalid);
        using OrtMemoryInfo cpu = new("Cpu", OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        Assert.Equal("Cpu", cpu.Name);
        Assert.Throws<OnnxRuntimeException>(() => new OrtMemoryInfo("NoSuchMemory", OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default));
    }

    private static void Quietly(Action trial, string refusal)
    {
        OrtLoggingLevel level = OrtEnv.Instance().EnvLogLevel;
        OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        try
        {
            trial();
        }
        catch (OnnxRuntimeException refused) when (refusal.Length > 0)
        {
            Assert.Matches(refusal, refused.Message);
        }
        finally
        {
            OrtEnv.Instance().EnvLogLevel = level;
        }
    }
}
