using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>The CPU: always there, nothing to append.</summary>
internal sealed class CpuProvider() : ExecutionProvider(Device, "CPUExecutionProvider")
{
    public const string Device = "cpu";

    public override Proof Proof => Proof.None;

    public override void Append(SessionOptions options, ComputeDevice device)
    {
    }
}
