using System.Runtime.InteropServices;
using Google.Protobuf;
using Matting.Shared.Weights;

namespace Matting.Shared.Onnx;

/// <summary>The float32 content of a constant.</summary>
internal sealed record TensorData(float[] Values, params long[] Shape)
{
    public static TensorData Of(WeightTensor tensor) => new(tensor.ToFloat32(), [.. tensor.Shape]);

    /// <exception cref="OnnxExportException">A value is not a finite number.</exception>
    public TensorProto ToProto(string layer) => Array.TrueForAll(Values, float.IsFinite)
        ? Make(TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes<float>(Values), Shape)
        : throw new OnnxExportException($"layer '{layer}' has weights that are not finite numbers");

    /// <summary>A constant vector of whole numbers.</summary>
    public static TensorProto OfNumbers(params long[] numbers) =>
        Make(TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes<long>(numbers), [numbers.Length]);

    private static TensorProto Make(TensorProto.Types.DataType type, ReadOnlySpan<byte> content, long[] shape)
    {
        TensorProto tensor = new() { DataType = (int)type, RawData = ByteString.CopyFrom(content) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }
}
