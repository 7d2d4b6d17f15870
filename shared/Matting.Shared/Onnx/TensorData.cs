using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Matting.Shared.Weights;

namespace Matting.Shared.Onnx;

/// <summary>The float32 content of a constant.</summary>
internal sealed record TensorData(float[] Values, params long[] Shape)
{
    public static TensorData Of(WeightTensor tensor) => new(tensor.ToFloat32(), [.. tensor.Shape]);

    /// <summary>A constant of a layer, called <c>layer.part</c>.</summary>
    /// <exception cref="OnnxExportException">A value is not a finite number, or not one of this precision.</exception>
    public TensorProto ToProto(string layer, string part, ModelPrecision precision)
    {
        if (!Array.TrueForAll(Values, float.IsFinite))
            throw new OnnxExportException($"layer '{layer}' has weights that are not finite numbers");
        return precision == ModelPrecision.Float16 ? ToHalf($"{layer}.{part}") : ToFloat();
    }

    /// <summary>A constant vector of numbers that are float32 in every model.</summary>
    public static TensorProto OfScales(params float[] scales) => new TensorData(scales, scales.Length).ToFloat();

    /// <summary>A constant vector of whole numbers.</summary>
    public static TensorProto OfNumbers(params long[] numbers) =>
        Make(TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes<long>(numbers), [numbers.Length]);

    private TensorProto ToFloat() => Make(TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes<float>(Values), Shape);

    private TensorProto ToHalf(string name)
    {
        Half[] rounded = new Half[Values.Length];
        TensorPrimitives.ConvertToHalf(Values, rounded); // to the nearest, to the even one of two
        int beyond = Array.FindIndex(rounded, value => !Half.IsFinite(value));
        if (beyond >= 0)
        {
            throw new OnnxExportException(string.Create(CultureInfo.InvariantCulture,
                $"tensor '{name}' has the value {Values[beyond]:G6}, and fp16 ends at {(float)Half.MaxValue:G6}: these weights can only be exported in fp32"));
        }
        // single weights that become 0 are 3e-8 away from what they were; a tensor of nothing else is a layer that is gone
        if (Array.TrueForAll(rounded, value => value == Half.Zero) && Array.Exists(Values, value => value != 0))
        {
            throw new OnnxExportException(string.Create(CultureInfo.InvariantCulture,
                $"tensor '{name}' has no value above {MathF.Abs(TensorPrimitives.MaxMagnitude<float>(Values)):G3}, and all of them are 0 in fp16: these weights can only be exported in fp32"));
        }
        return Make(TensorProto.Types.DataType.Float16, MemoryMarshal.AsBytes<Half>(rounded), Shape);
    }

    private static TensorProto Make(TensorProto.Types.DataType type, ReadOnlySpan<byte> content, long[] shape)
    {
        TensorProto tensor = new() { DataType = (int)type, RawData = ByteString.CopyFrom(content) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }
}
