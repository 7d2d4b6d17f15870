using System.Globalization;
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

    public override bool LimitsMemory => true;

    public override void Append(SessionOptions options, ComputeDevice device, long? memoryLimit)
    {
        using OrtTensorRTProviderOptions tensorRt = new();
        Dictionary<string, string> settings = new() { ["device_id"] = device.Which };
        if (memoryLimit is { } limit)
            settings["trt_max_workspace_size"] = limit.ToString(CultureInfo.InvariantCulture);
        tensorRt.UpdateOptions(settings);
        options.AppendExecutionProvider_Tensorrt(tensorRt);
    }
}
