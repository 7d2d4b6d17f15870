using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What a <see cref="Value"/> holds; the shim has the same list.</summary>
internal enum Tag
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    IntList,
    DoubleList,
    TensorList,
    OptionalTensorList,
    String,
    Device,
    Generator,
    Complex,
}

/// <summary>An argument or result as the shim sees it.</summary>
/// <param name="Tag">What the bits are.</param>
/// <param name="Count">Elements of a list, index of a device, and of a resulting tensor the 4 KiB pages it fills.</param>
/// <param name="Bits">The number, the bits of the double, or a pointer.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Value(Tag Tag, int Count, long Bits);

/// <summary>What libtorch knows of a tensor without looking at its elements; the pointers live as long as the tensor keeps its shape.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfo
{
    internal long Dimensions, Elements, ItemSize, Offset;
    internal long* Sizes, Strides;
    internal int Type, Device, DeviceIndex, Contiguous, RequiresGrad, Leaf;
}
