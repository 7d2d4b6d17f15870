using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>
/// NVIDIA GPUs through TensorRT, which compiles the whole network when the session is opened (minutes for large ones). The usual
/// pair of TensorRT with CUDA for what it does not take is left out: nothing would tell how much that is.
/// </summary>
internal sealed class TensorRtProvider() : ExecutionProvider("tensorrt", "TensorrtExecutionProvider")
{
    public override DeviceChoice Choice => DeviceChoice.Number;

    public override Proof Proof => Proof.WholeGraph;

    public override IReadOnlyList<string> Libraries { get; } = OwnLibrary("tensorrt");

    public override void Append(SessionOptions options, ComputeDevice device)
    {
        using OrtTensorRTProviderOptions tensorRt = new();
        tensorRt.UpdateOptions(new() { ["device_id"] = device.Which });
        options.AppendExecutionProvider_Tensorrt(tensorRt);
    }
}
