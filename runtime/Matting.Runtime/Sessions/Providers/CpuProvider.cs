using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>The CPU: always there, and appended by ONNX Runtime itself.</summary>
internal sealed class CpuProvider() : ExecutionProvider(Device, "CPUExecutionProvider")
{
    public const string Device = "cpu";

    public override Proof Proof => Proof.None;

    public override bool LimitsMemory => true;

    public override void Append(SessionOptions options, ComputeDevice device, long? memoryLimit)
    {
        if (memoryLimit is { } limit)
            CpuArena.Use(options, limit);
    }
}
