using System.Runtime.InteropServices;

namespace Matting.Shared.Weights;

/// <summary>One tensor of a weights file: type, shape and its bytes in C order, little endian.</summary>
/// <remarks>The bytes are shared, not copied, where a reader can do so; treat them as read-only.</remarks>
public sealed class WeightTensor
{
    private readonly long[] _shape;

    /// <summary>Wraps bytes without copying them.</summary>
    /// <param name="type">What an element is.</param>
    /// <param name="shape">Sizes of the dimensions, none negative; empty for a single number (0-d).</param>
    /// <param name="data">The elements in C order, little endian: exactly their number times their size.</param>
    /// <exception cref="ArgumentException">A size is negative, or the shape and the bytes do not agree.</exception>
    public WeightTensor(ElementType type, ReadOnlySpan<long> shape, ReadOnlyMemory<byte> data)
    {
        if (!TensorShape.TryCountElements(shape, out long count) || count > Array.MaxLength / type.Size())
            throw new ArgumentException($"{TensorShape.Format(shape)} is not a shape of at most 2 GiB", nameof(shape));
        if (data.Length != count * type.Size())
        {
            throw new ArgumentException(
                $"{type.TorchName()} {TensorShape.Format(shape)} needs {count * type.Size()} bytes, got {data.Length}", nameof(data));
        }
        Type = type;
        _shape = shape.ToArray();
        ElementCount = count;
        Data = data;
    }

    /// <summary>What an element is.</summary>
    public ElementType Type { get; }

    /// <summary>Sizes of the dimensions; empty for a single number.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>The product of the shape; 1 for a single number.</summary>
    public long ElementCount { get; }

    /// <summary>The elements in C order, little endian.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Copies numbers into a new float32 tensor.</summary>
    /// <param name="values">The elements in C order.</param>
    /// <param name="shape">Sizes of the dimensions; none for a single number.</param>
    /// <exception cref="ArgumentException">The shape and the number of values do not agree.</exception>
    public static WeightTensor FromFloat32(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        new(ElementType.Float32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Copies numbers into a new int64 tensor.</summary>
    /// <param name="values">The elements in C order.</param>
    /// <param name="shape">Sizes of the dimensions; none for a single number.</param>
    /// <exception cref="ArgumentException">The shape and the number of values do not agree.</exception>
    public static WeightTensor FromInt64(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        new(ElementType.Int64, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements of a float32 tensor without a copy.</summary>
    /// <exception cref="InvalidOperationException">The tensor is of another type.</exception>
    public ReadOnlySpan<float> AsFloat32Span()
    {
        Require(ElementType.Float32);
        return MemoryMarshal.Cast<byte, float>(Data.Span);
    }

    /// <summary>The elements of an int64 tensor without a copy.</summary>
    /// <exception cref="InvalidOperationException">The tensor is of another type.</exception>
    public ReadOnlySpan<long> AsInt64Span()
    {
        Require(ElementType.Int64);
        return MemoryMarshal.Cast<byte, long>(Data.Span);
    }

    /// <summary>The elements as float32 in a new array, whatever their type; see <see cref="CopyToFloat32"/>.</summary>
    public float[] ToFloat32()
    {
        float[] values = GC.AllocateUninitializedArray<float>(checked((int)ElementCount));
        CopyToFloat32(values);
        return values;
    }

    /// <summary>
    /// Writes the elements as float32, whatever their type: half and bfloat16 exactly, wider types rounded to
    /// the nearest, booleans as 0 and 1.
    /// </summary>
    /// <param name="destination">Receives <see cref="ElementCount"/> numbers.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyToFloat32(Span<float> destination)
    {
        if (destination.Length != ElementCount)
            throw new ArgumentException($"needs {ElementCount} elements, got {destination.Length}", nameof(destination));
        ElementConversion.ToFloat32(Type, Data.Span, destination);
    }

    /// <summary>This tensor when it is float32 already, otherwise a converted copy; see <see cref="CopyToFloat32"/>.</summary>
    public WeightTensor AsFloat32()
    {
        if (Type == ElementType.Float32)
            return this;
        byte[] converted = GC.AllocateUninitializedArray<byte>(checked((int)(ElementCount * sizeof(float))));
        CopyToFloat32(MemoryMarshal.Cast<byte, float>(converted.AsSpan()));
        return new WeightTensor(ElementType.Float32, _shape, converted);
    }

    /// <summary>Type and shape, for example <c>float32 [64, 3, 3, 3]</c>.</summary>
    public override string ToString() => $"{Type.TorchName()} {TensorShape.Format(_shape)}";

    private void Require(ElementType wanted)
    {
        if (Type != wanted)
            throw new InvalidOperationException($"the tensor is {Type.TorchName()}, not {wanted.TorchName()}");
    }
}
