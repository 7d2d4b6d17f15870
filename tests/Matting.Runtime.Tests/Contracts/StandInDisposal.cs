using System.Reflection;
using Matting.Runtime.Tests.TinyModels;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Contracts;

/// <summary>What the official package leaves undefined (it hands null pointers to the library) the stand-in refuses.</summary>
public sealed class StandInDisposal
{
    [Fact]
    public void A_disposed_session_or_value_is_refused()
    {
        string? description = typeof(InferenceSession).Assembly.GetCustomAttribute<AssemblyDescriptionAttribute>()?.Description;
        Assert.SkipUnless(description?.StartsWith("Stand-in", StringComparison.Ordinal) == true, "SKIPPED: the official package is in use; this would end the process");
        InferenceSession session = new(SmallModels.Affine());
        using RunOptions run = new();
        OrtValue value = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f], [1, 3]);
        value.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run(run, ["x"], [value], ["y"]));
        Assert.Throws<ObjectDisposedException>(() => value.GetTensorDataAsSpan<float>().Length);
        session.Dispose();
        using OrtValue alive = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f], [1, 3]);
        Assert.Throws<ObjectDisposedException>(() => session.Run(run, ["x"], [alive], ["y"]));
    }
}
