using Matting.Runtime.Tests.TinyModels;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Contracts;

public sealed class SessionOptionsContract
{
    [Fact]
    public void The_defaults_are_those_of_the_library()
    {
        using SessionOptions options = new();
        Assert.True(options.EnableMemoryPattern);
        Assert.True(options.EnableCpuMemArena);
        Assert.Equal(GraphOptimizationLevel.ORT_ENABLE_ALL, options.GraphOptimizationLevel);
        Assert.Equal(ExecutionMode.ORT_SEQUENTIAL, options.ExecutionMode);
        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, options.LogSeverityLevel);
        Assert.Equal(0, options.IntraOpNumThreads);
        Assert.Equal(0, options.InterOpNumThreads);
        Assert.False(options.IsInvalid);
    }

    [Theory]
    [InlineData(GraphOptimizationLevel.ORT_DISABLE_ALL)]
    [InlineData(GraphOptimizationLevel.ORT_ENABLE_BASIC)]
    [InlineData(GraphOptimizationLevel.ORT_ENABLE_EXTENDED)]
    [InlineData(GraphOptimizationLevel.ORT_ENABLE_ALL)]
    public void Every_optimisation_level_computes_the_same(GraphOptimizationLevel level)
    {
        using SessionOptions options = new() { GraphOptimizationLevel = level };
        Assert.Equal(level, options.GraphOptimizationLevel);
        Assert.Equal([3f, 5f, 7f], RunAffine(options));
    }

    [Fact]
    public void A_level_that_does_not_exist_is_refused()
    {
        using SessionOptions options = new();
        Assert.Throws<OnnxRuntimeException>(() => options.GraphOptimizationLevel = (GraphOptimizationLevel)77);
        Assert.Equal(GraphOptimizationLevel.ORT_ENABLE_ALL, options.GraphOptimizationLevel);
    }

    [Fact]
    public void Memory_pattern_and_arena_can_be_switched_off_and_on_again()
    {
        using SessionOptions options = new() { EnableMemoryPattern = false, EnableCpuMemArena = false };
        Assert.False(options.EnableMemoryPattern);
        Assert.False(options.EnableCpuMemArena);
        Assert.Equal([3f, 5f, 7f], RunAffine(options));
        options.EnableMemoryPattern = true;
        options.EnableCpuMemArena = true;
        Assert.True(options.EnableMemoryPattern);
        Assert.True(options.EnableCpuMemArena);
        Assert.Equal([3f, 5f, 7f], RunAffine(options));
    }

    [Fact]
    public void Threads_execution_mode_and_log_severity_are_kept_and_work()
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 2,
            ExecutionMode = ExecutionMode.ORT_PARALLEL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        Assert.Equal(1, options.IntraOpNumThreads);
        Assert.Equal(2, options.InterOpNumThreads);
        Assert.Equal(ExecutionMode.ORT_PARALLEL, options.ExecutionMode);
        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, options.LogSeverityLevel);
        Assert.Equal([3f, 5f, 7f], RunAffine(options));
    }

    [Fact]
    public void A_configuration_entry_reaches_the_session()
    {
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        Assert.Equal([3f, 5f, 7f], RunAffine(options));
        // reading plain ONNX as if it were ORT's own format has to fail, so the entry was understood
        options.AddSessionConfigEntry("session.load_model_format", "ORT");
        Assert.Throws<OnnxRuntimeException>(() => RunAffine(options));
    }

    [Fact]
    public void A_configuration_entry_without_a_key_is_refused()
    {
        using SessionOptions options = new();
        Assert.Throws<OnnxRuntimeException>(() => options.AddSessionConfigEntry("", "1"));
    }

    [Fact]
    public void Options_may_go_before_their_session()
    {
        SessionOptions options = new();
        using InferenceSession session = new(SmallModels.Affine(), options);
        options.Dispose();
        options.Dispose();
        Assert.True(options.IsClosed);
        Assert.Equal([3f, 5f, 7f], Tensors.RunOne(session, [1f, 2f, 3f], 1, 3));
    }

    [Fact]
    public void CUDA_works_or_the_exception_says_why_not()
    {
        OrtLoggingLevel level = OrtEnv.Instance().EnvLogLevel;
        OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        try
        {
            using SessionOptions options = new();
            options.AppendExecutionProvider_CUDA(0);
            Assert.Equal([3f, 5f, 7f], RunAffine(options));
        }
        catch (OnnxRuntimeException missing)
        {
            Assert.Matches("(?i)cuda|onnxruntime_providers", missing.Message);
        }
        catch (EntryPointNotFoundException)
        {
            Assert.DoesNotContain("CUDAExecutionProvider", OrtEnv.Instance().GetAvailableProviders());
        }
        finally
        {
            OrtEnv.Instance().EnvLogLevel = level;
        }
    }

    private static float[] RunAffine(SessionOptions options)
    {
        using InferenceSession session = new(SmallModels.Affine(), options);
        return Tensors.RunOne(session, [1f, 2f, 3f], 1, 3);
    }
}
