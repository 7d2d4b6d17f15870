using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>NVIDIA GPUs, one kernel a node.</summary>
internal sealed class CudaProvider() : ExecutionProvider("cuda", "CUDAExecutionProvider")
{
    public override DeviceChoice Choice => DeviceChoice.Number;

    public override Proof Proof => Proof.InputMemory;

    public override IReadOnlyList<string> Libraries { get; } = OwnLibrary("cuda");

    public override void Append(SessionOptions options, ComputeDevice device)
    {
        using OrtCUDAProviderOptions cuda = new();
        cuda.UpdateOptions(new() { ["device_id"] = device.Which });
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
