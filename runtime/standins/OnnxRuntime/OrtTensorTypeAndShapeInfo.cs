using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Element type and shape of a tensor.</summary>
public unsafe struct OrtTensorTypeAndShapeInfo
{
    internal OrtTensorTypeAndShapeInfo(nint info)
    {
        ElementDataType = (TensorElementType)OrtApi.GetEnum(Slot.GetTensorElementType, info);
        ElementCount = OrtApi.Get(Slot.GetTensorShapeElementCount, info);
        Shape = new long[OrtApi.Get(Slot.GetDimensionsCount, info)];
        fixed (long* dimensions = Shape)
            OrtApi.Fill(Slot.GetDimensions, info, dimensions, Shape.Length);
    }

    /// <summary>Type of the elements.</summary>
    public TensorElementType ElementDataType { get; }

    /// <summary>Number of elements.</summary>
    public long ElementCount { get; }

    /// <summary>The dimensions.</summary>
    public long[] Shape { get; }

    /// <summary>Number of dimensions.</summary>
    public int DimensionsCount { get { return Shape.Length; } }
}
