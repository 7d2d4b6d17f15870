using System.Numerics;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number that an operator takes beside tensors. It lives in managed memory, so disposing it only ends its use.</summary>
public sealed class Scalar : IDisposable
{
    private readonly Argument _value;
    private bool _disposed;

    private Scalar(Argument value, ScalarType type) => (_value, Type) = (value, type);

    /// <summary>The widest type of the number's kind: Int64, Float64, Bool or ComplexFloat64.</summary>
    public ScalarType Type { get; }

    internal Argument Argument => _disposed ? throw new InvalidOperationException("The scalar has been disposed.") : _value;

    public static implicit operator Scalar(byte value) => Of(value);

    public static implicit operator Scalar(sbyte value) => Of(value);

    public static implicit operator Scalar(short value) => Of(value);

    public static implicit operator Scalar(int value) => Of(value);

    public static implicit operator Scalar(long value) => Of(value);

    public static implicit operator Scalar(Half value) => Of((double)value);

    public static implicit operator Scalar(BFloat16 value) => Of((double)value.ToSingle());

    public static implicit operator Scalar(float value) => Of((double)value);

    public static implicit operator Scalar(double value) => Of(value);

    public static implicit operator Scalar(bool value) => new(value, ScalarType.Bool);

    public static implicit operator Scalar((float, float) value) => new Complex(value.Item1, value.Item2);

    public static implicit operator Scalar(Complex value) => new(value, ScalarType.ComplexFloat64);

    public void Dispose() => _disposed = true;

    /// <summary>The number that an operator returned.</summary>
    internal static Scalar Of(Value value) => value.Tag switch
    {
        Tag.Int => Of(value.Bits),
        Tag.Double => Of(BitConverter.Int64BitsToDouble(value.Bits)),
        Tag.Bool => value.Bits != 0,
        Tag.Complex => TakeComplex((nint)value.Bits),
        _ => throw new InvalidOperationException($"An operator returned {value.Tag} where a number was expected."),
    };

    private static Scalar Of(long value) => new(value, ScalarType.Int64);

    private static Scalar Of(double value) => new(value, ScalarType.Float64);

    private static unsafe Scalar TakeComplex(nint parts)
    {
        var number = new Complex(((double*)parts)[0], ((double*)parts)[1]);
        Shim.FreeComplex(parts);
        return number;
    }
}
