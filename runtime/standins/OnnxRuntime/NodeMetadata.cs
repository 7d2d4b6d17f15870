using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Type and shape of an input or output of a model.</summary>
public unsafe class NodeMetadata
{
    private readonly TensorElementType _elementType;
    private readonly int[] _dimensions;
    private readonly string[] _symbolicDimensions;

    /// <summary>Reads and releases a native type description.</summary>
    internal NodeMetadata(nint typeInfo)
    {
        try
        {
            OnnxValueType = (OnnxValueType)OrtApi.GetEnum(Slot.GetOnnxTypeFromTypeInfo, typeInfo);
            if (!IsTensor)
                return;
            // belongs to the type description
            nint info = OrtApi.Get(Slot.CastTypeInfoToTensorInfo, typeInfo);
            _elementType = (TensorElementType)OrtApi.GetEnum(Slot.GetTensorElementType, info);
            int rank = (int)OrtApi.Get(Slot.GetDimensionsCount, info);
            _dimensions = ReadDimensions(info, rank);
            _symbolicDimensions = ReadSymbols(info, rank);
        }
        finally
        {
            OrtApi.Release(Slot.ReleaseTypeInfo, typeInfo);
        }
    }

    /// <summary>Tensor, sequence, map or optional.</summary>
    public OnnxValueType OnnxValueType { get; }

    /// <summary>True for a dense or sparse tensor; the other properties are for tensors alone.</summary>
    public bool IsTensor { get { return OnnxValueType is OnnxValueType.ONNX_TYPE_TENSOR or OnnxValueType.ONNX_TYPE_SPARSETENSOR; } }

    /// <summary>The dimensions, -1 where the model leaves one open.</summary>
    public int[] Dimensions { get { return Tensor(_dimensions); } }

    /// <summary>The names of open dimensions, empty for the others.</summary>
    public string[] SymbolicDimensions { get { return Tensor(_symbolicDimensions); } }

    /// <summary>The .NET type of the elements.</summary>
    public Type ElementType { get { return ElementTypes.TypeOf(Tensor(_elementType)); } }

    /// <summary>The type of the elements.</summary>
    public TensorElementType ElementDataType { get { return Tensor(_elementType); } }

    private T Tensor<T>(T value) =>
        IsTensor ? value : throw new OnnxRuntimeException(ErrorCode.Fail, $"The value is {OnnxValueType}, not a tensor");

    private static int[] ReadDimensions(nint info, int rank)
    {
        long[] dimensions = new long[rank];
        fixed (long* first = dimensions)
            OrtApi.Fill(Slot.GetDimensions, info, first, rank);
        return Array.ConvertAll(dimensions, dimension => (int)dimension);
    }

    private static string[] ReadSymbols(nint info, int rank)
    {
        nint[] names = new nint[rank];
        fixed (nint* first = names)
            OrtApi.Fill(Slot.GetSymbolicDimensions, info, first, rank);
        return Array.ConvertAll(names, Marshal.PtrToStringUTF8);
    }
}
