using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of its own with the elements of an array.</summary>
    private static unsafe Tensor Copied(Array array, ReadOnlySpan<long> dimensions, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        long count = 1;
        foreach (long length in dimensions) count *= length;
        if (count > array.LongLength)
            throw new ArgumentException($"An array of {array.LongLength} elements cannot fill a tensor of {count}.");

        var tensor = Aten.Empty.Tensor(dimensions, type, Argument.None, CPU);
        if (count > 0)
        {
            long length = count * tensor.ElementSize;
            fixed (byte* source = &MemoryMarshal.GetArrayDataReference(array))
                Buffer.MemoryCopy(source, (void*)Shim.Check(Shim.Data(tensor.Handle), "tensor"), length, length);
        }

        return Placed(tensor, dtype ?? type, device, requires_grad, names);
    }

    private static Tensor Placed(Tensor tensor, ScalarType type, Device? device, bool requires_grad, string[]? names)
    {
        var target = InitializeDevice(device);
        if (type != tensor.dtype || target.type != DeviceType.CPU)
        {
            using var before = tensor;
            tensor = before.to(type, target);
        }

        return Finished(tensor, requires_grad, names);
    }
}
