namespace Matting.Runtime.Sessions.Providers;

/// <summary>
/// The providers of ONNX Runtime that run on a computer's processor or accelerator, in the one table of devices. ROCm is not among
/// them (ONNX Runtime dropped it with 1.23; MIGraphX runs on the same GPUs), nor are those of phones and browsers.
/// </summary>
internal static class ExecutionProviders
{
    /// <summary>All devices that can be asked for; whether the loaded ONNX Runtime has them is another question.</summary>
    public static IReadOnlyList<ExecutionProvider> Known { get; } =
    [
        new CpuProvider(),
        new CudaProvider(),
        new TensorRtProvider(),
        new NamedProvider("webgpu", "WebGpuExecutionProvider", "WebGPU", Proof.InputMemory),
        new NamedProvider("directml", "DmlExecutionProvider", "DML", Proof.InputMemory) { DeviceSetting = "device_id" },
        new NamedProvider("openvino", "OpenVINOExecutionProvider", "OpenVINO", Proof.WholeGraph) { DeviceSetting = "device_type", DeviceByName = true, LibraryStem = "openvino" },
        new NamedProvider("coreml", "CoreMLExecutionProvider", "CoreML", Proof.WholeGraph),
        new NamedProvider("migraphx", "MIGraphXExecutionProvider", "MIGraphX", Proof.WholeGraph) { DeviceSetting = "device_id", LibraryStem = "migraphx" },
        new NamedProvider("qnn", "QNNExecutionProvider", "QNN", Proof.WholeGraph) { DeviceSetting = "backend_type", DeviceByName = true, LibraryStem = "qnn" },
        new NamedProvider("vitisai", "VitisAIExecutionProvider", "VitisAI", Proof.WholeGraph) { LibraryStem = "vitisai" },
        new NamedProvider("xnnpack", "XnnpackExecutionProvider", "XNNPACK", Proof.WholeGraph),
    ];

    /// <summary>The provider of a device's name, or null.</summary>
    public static ExecutionProvider? Find(string kind) => Known.FirstOrDefault(provider => provider.Kind == kind);
}
