using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Matting.Shared.Onnx;

/// <summary>Constants of a graph; content as raw little-endian bytes.</summary>
internal static class Tensors
{
    public static TensorProto Float32(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Make(TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);

    public static TensorProto Int64(params ReadOnlySpan<long> values) =>
        Make(TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    private static TensorProto Make(TensorProto.Types.DataType type, ReadOnlySpan<byte> content, ReadOnlySpan<long> shape)
    {
        TensorProto tensor = new() { DataType = (int)type, RawData = ByteString.CopyFrom(content) };
        tensor.Dims.AddRange(shape.ToArray());
        return tensor;
    }
}
