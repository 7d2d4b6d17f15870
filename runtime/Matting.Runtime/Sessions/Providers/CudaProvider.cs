using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>NVIDIA GPUs, one kernel a node.</summary>
internal sealed class CudaProvider() : ExecutionProvider("cuda", "CUDAExecutionProvider")
{
    public override DeviceChoice Choice => DeviceChoice.Number;

    public override Proof Proof => Proof.InputMemory;

    public override IReadOnlyList<string> Libraries { get; } = OwnLibrary("cuda");

    public override bool LimitsMemory => true;

    public override void Append(SessionOptions options, ComputeDevice device, long? memoryLimit)
    {
        using OrtCUDAProviderOptions cuda = new();
        Dictionary<string, string> settings = new() { ["device_id"] = device.Which };
        if (memoryLimit is { } limit)
        {
            settings["gpu_mem_limit"] = limit.ToString(CultureInfo.InvariantCulture);
            // the arena would otherwise grow by powers of two and meet the limit long before the network does
            settings["arena_extend_strategy"] = "kSameAsRequested";
        }
        cuda.UpdateOptions(settings);
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
