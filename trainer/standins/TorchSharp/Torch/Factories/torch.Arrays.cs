using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor from_array(Array rawArray, Device? device = null) =>
        from_array(rawArray, TypeOf(rawArray), device ?? CPU);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var shape = new long[rawArray.Rank];
        for (int i = 0; i < shape.Length; i++) shape[i] = rawArray.GetLongLength(i);
        var type = TypeOf(rawArray);
        return Placed(Shared(rawArray, shape, type), dtype ?? type, device, requires_grad, names);
    }

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

    /// <summary>A tensor in the very memory of an array, which stays pinned as long as libtorch refers to it.</summary>
    private static unsafe Tensor Shared(Array array, long[] shape, ScalarType type)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        fixed (long* sizes = shape)
        {
            nint handle = Shim.FromHost((void*)pin.AddrOfPinnedObject(), sizes, shape.Length, (int)type, GCHandle.ToIntPtr(pin), &Unpin);
            if (handle != 0) return Tensor.UnsafeCreateTensor(handle);
        }

        pin.Free();
        throw Shim.Error("from_array");
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint context) => GCHandle.FromIntPtr(context).Free();

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

    private static ScalarType TypeOf(Array array)
    {
        var element = array.GetType().GetElementType();
        return Enum.GetValues<ScalarType>().Cast<ScalarType?>().FirstOrDefault(type => Tensor.ElementType(type!.Value) == element)
            ?? throw new NotSupportedException($"A tensor cannot have elements of the type {element}.");
    }
}
