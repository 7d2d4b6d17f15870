using System.Numerics;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>One argument of an <see cref="Operator"/>: a small tagged value on the stack, made by implicit conversion.</summary>
internal readonly struct Argument
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _count;
    private readonly Tag _tag;

    private Argument(Tag tag, long bits, object? reference = null, int count = 0) => (_tag, _bits, _reference, _count) = (tag, bits, reference, count);

    /// <summary>Nothing: an optional argument left out.</summary>
    internal static Argument None => default;

    /// <summary>The tensor of an argument that has one.</summary>
    internal Tensor Tensor => (Tensor)_reference!;

    /// <summary>The whole number of a number or flag.</summary>
    internal long Bits => _bits;

    /// <summary>The number, whatever its kind.</summary>
    internal Complex Number => _tag switch
    {
        Tag.Complex => (Complex)_reference!,
        Tag.Double => BitConverter.Int64BitsToDouble(_bits),
        _ => _bits,
    };

    /// <summary>The 8-byte words that the content of a list or string needs beside the <see cref="Value"/>.</summary>
    internal int Words => _tag switch
    {
        Tag.IntList or Tag.DoubleList or Tag.TensorList or Tag.OptionalTensorList => _count,
        Tag.Complex => 2,
        Tag.String => (_count + 7) / 8,
        _ => 0,
    };

    public static implicit operator Argument(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull((object?)tensor, nameof(tensor));
        return new(Tag.Tensor, 0, tensor);
    }

    public static implicit operator Argument(Scalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        return scalar.Argument;
    }

    public static implicit operator Argument(long number) => new(Tag.Int, number);

    public static implicit operator Argument(double number) => new(Tag.Double, BitConverter.DoubleToInt64Bits(number));

    public static implicit operator Argument(bool flag) => new(Tag.Bool, flag ? 1 : 0);

    public static implicit operator Argument(ScalarType type) => new(Tag.Int, (long)type);

    public static implicit operator Argument(Device device) => new(Tag.Device, (long)device.type, count: device.index);

    public static implicit operator Argument(Complex number) => new(Tag.Complex, 0, number);

    public static implicit operator Argument(long[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return new(Tag.IntList, 0, numbers, numbers.Length);
    }

    public static implicit operator Argument(ReadOnlySpan<long> numbers) => numbers.ToArray();

    public static implicit operator Argument(string text) => new(Tag.String, 0, text, Encoding.UTF8.GetByteCount(text));

    public static implicit operator Argument(Tensor[] tensors) => new(Tag.TensorList, 0, tensors, tensors.Length);

    internal static Argument Optional(Tensor? tensor) => tensor is null ? None : tensor;

    internal static Argument Optional(Scalar? scalar) => scalar is null ? None : scalar;

    internal static Argument Optional(ScalarType? type) => type is { } given ? given : None;

    internal static Argument Optional(long? number) => number is { } given ? given : None;

    internal static Argument Optional(long[]? numbers) => numbers is null ? None : numbers;

    internal static Argument Optional(double[]? numbers) => numbers is null ? None : new(Tag.DoubleList, 0, numbers, numbers.Length);

    internal static Argument Optional(Generator? generator) => generator is null ? None : new(Tag.Generator, generator.Handle, generator);

    /// <summary>A list in which a missing tensor means a whole dimension, as <c>aten::index</c> takes it.</summary>
    internal static Argument OptionalTensors(Tensor?[] tensors) => new(Tag.OptionalTensorList, 0, tensors, tensors.Length);

    /// <summary>Keeps what the argument refers to from being finalised before this call.</summary>
    internal void KeepAlive() => GC.KeepAlive(_reference);

    /// <summary>The native form; the content of lists and strings goes to <paramref name="words"/>, which must stay where it is.</summary>
    internal unsafe Value ToValue(long* words)
    {
        switch (_tag)
        {
            case Tag.Tensor:
                return new Value(_tag, 0, Tensor.Handle);
            case Tag.IntList:
                ((long[])_reference!).CopyTo(new Span<long>(words, _count));
                break;
            case Tag.DoubleList:
                ((double[])_reference!).CopyTo(new Span<double>(words, _count));
                break;
            case Tag.TensorList or Tag.OptionalTensorList:
                var tensors = (Tensor?[])_reference!;
                for (int i = 0; i < tensors.Length; i++) words[i] = tensors[i]?.Handle ?? 0;
                break;
            case Tag.String:
                Encoding.UTF8.GetBytes((string)_reference!, new Span<byte>(words, _count));
                break;
            case Tag.Complex:
                var number = (Complex)_reference!;
                (((double*)words)[0], ((double*)words)[1]) = (number.Real, number.Imaginary);
                break;
            default:
                return new Value(_tag, _count, _bits);
        }

        return new Value(_tag, _count, (long)words);
    }
}
