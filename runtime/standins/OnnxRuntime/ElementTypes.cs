using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>.NET types and the element types they stand for.</summary>
internal static class ElementTypes
{
    public static TensorElementType Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => TensorElementType.Float,
        TypeCode.Double => TensorElementType.Double,
        TypeCode.Byte => TensorElementType.UInt8,
        TypeCode.SByte => TensorElementType.Int8,
        TypeCode.UInt16 => TensorElementType.UInt16,
        TypeCode.Int16 => TensorElementType.Int16,
        TypeCode.UInt32 => TensorElementType.UInt32,
        TypeCode.Int32 => TensorElementType.Int32,
        TypeCode.UInt64 => TensorElementType.UInt64,
        TypeCode.Int64 => TensorElementType.Int64,
        TypeCode.Boolean => TensorElementType.Bool,
        _ => throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Tensors of {type} are not supported"),
    };

    public static Type TypeOf(TensorElementType type) => type switch
    {
        TensorElementType.Float => typeof(float),
        TensorElementType.Double => typeof(double),
        TensorElementType.UInt8 => typeof(byte),
        TensorElementType.Int8 => typeof(sbyte),
        TensorElementType.UInt16 => typeof(ushort),
        TensorElementType.Int16 => typeof(short),
        TensorElementType.UInt32 => typeof(uint),
        TensorElementType.Int32 => typeof(int),
        TensorElementType.UInt64 => typeof(ulong),
        TensorElementType.Int64 => typeof(long),
        TensorElementType.Bool => typeof(bool),
        TensorElementType.String => typeof(string),
        _ => throw new OnnxRuntimeException(ErrorCode.NotImplemented, $"Element type {type} has no .NET type in this stand-in"),
    };
}
