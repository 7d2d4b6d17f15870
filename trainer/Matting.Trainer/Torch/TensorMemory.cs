using System.Runtime.InteropServices;
using TorchSharp;

namespace Matting.Trainer.Torch;

/// <summary>Moves numbers between .NET memory and tensors, in C order.</summary>
public static class TensorMemory
{
    /// <summary>A new tensor on a device with a copy of the values.</summary>
    /// <param name="values">As many as the shape has elements.</param>
    /// <param name="shape">The dimensions; empty for a single number.</param>
    /// <param name="device">Where the tensor lives; null: the CPU.</param>
    public static torch.Tensor FromFloats(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, torch.Device? device = null)
    {
        torch.Tensor tensor = torch.empty(shape, torch.ScalarType.Float32, torch.CPU);
        values.CopyTo(MemoryMarshal.Cast<byte, float>(tensor.bytes));
        return OnDevice(tensor, device);
    }

    /// <summary>A new integer tensor on a device with a copy of the values; see <see cref="FromFloats"/>.</summary>
    public static torch.Tensor FromLongs(ReadOnlySpan<long> values, ReadOnlySpan<long> shape, torch.Device? device = null)
    {
        torch.Tensor tensor = torch.empty(shape, torch.ScalarType.Int64, torch.CPU);
        values.CopyTo(MemoryMarshal.Cast<byte, long>(tensor.bytes));
        return OnDevice(tensor, device);
    }

    /// <summary>Copies a Float32 tensor of any device and memory layout.</summary>
    /// <param name="tensor">The tensor; it stays as it is.</param>
    /// <param name="destination">As many places as the tensor has elements.</param>
    public static void CopyTo(torch.Tensor tensor, Span<float> destination)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes).CopyTo(destination);
    }

    /// <summary>The values of a Float32 tensor of any device and memory layout.</summary>
    public static float[] ToFloats(torch.Tensor tensor)
    {
        float[] values = new float[tensor.numel()];
        CopyTo(tensor, values);
        return values;
    }

    private static torch.Tensor OnDevice(torch.Tensor tensor, torch.Device? device)
    {
        if (device is null || device.type == DeviceType.CPU)
            return tensor;
        torch.Tensor moved = tensor.to(device);
        tensor.Dispose();
        return moved;
    }
}
