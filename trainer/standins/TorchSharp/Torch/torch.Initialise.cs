using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static string __version__ => Shim.Version();

    public static Device get_default_device() => CPU;

    public static bool TryInitializeDeviceType(DeviceType deviceType) => Missing(deviceType) is null;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (Missing(deviceType) is { } missing) throw new InvalidOperationException($"The device {deviceType} cannot be used: {missing}");
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    private static string? Missing(DeviceType type) => type switch
    {
        DeviceType.CUDA => Shim.CudaDevices() switch
        {
            < 0 => "this libtorch was built without CUDA (set LibTorchPath to a PyTorch with CUDA and build again).",
            0 => "no NVIDIA driver, or none of its GPUs is visible to this process.",
            _ => null,
        },
        DeviceType.MPS => "it exists on Apple's machines only.",
        _ => null,
    };

    // Named dimensions would need a second kind of shape everywhere; nothing here uses them.
    private static Tensor Unnamed(string[]? names, Tensor tensor)
    {
        if (names is null or []) return tensor;
        tensor.Dispose();
        throw new NotSupportedException("The stand-in of TorchSharp has no named dimensions.");
    }
}
