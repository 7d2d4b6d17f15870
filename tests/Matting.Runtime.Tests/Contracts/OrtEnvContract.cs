using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Contracts;

public sealed class OrtEnvContract
{
    [Fact]
    public void There_is_one_environment() => Assert.Same(OrtEnv.Instance(), OrtEnv.Instance());

    [Fact]
    public void An_environment_that_was_asked_for_is_created()
    {
        OrtEnv env = OrtEnv.Instance();
        Assert.True(OrtEnv.IsCreated);
        Assert.False(env.IsInvalid);
    }

    [Fact]
    public void The_version_is_that_of_a_release() => Assert.Matches(@"^1\.\d+\.\d+", OrtEnv.Instance().GetVersionString());

    [Fact]
    public void The_CPU_provider_is_always_available() => Assert.Contains("CPUExecutionProvider", OrtEnv.Instance().GetAvailableProviders());

    [Fact]
    public void The_log_level_starts_at_warnings_and_can_be_changed()
    {
        OrtEnv env = OrtEnv.Instance();
        OrtLoggingLevel before = env.EnvLogLevel;
        env.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, env.EnvLogLevel);
        env.EnvLogLevel = before;
        Assert.Equal(before, env.EnvLogLevel);
    }
}
