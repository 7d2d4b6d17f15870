using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Conversions between <see cref="Scalar"/> and the numbers of .NET; a number that does not fit is refused as libtorch refuses it.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this sbyte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this (float, float) value) => value;

    public static Scalar ToScalar(this Complex value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static Scalar ToScalar(this Half value) => value;

    public static Scalar ToScalar(this BFloat16 value) => value;

    public static Scalar ToBFloat16Scalar(this float value) => new BFloat16(value);

    public static Half ToHalf(this Scalar value) => (Half)value.ToDouble();

    public static BFloat16 ToBFloat16(this Scalar value) => (BFloat16)value.ToDouble();

    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    public static double ToDouble(this Scalar value)
    {
        var number = value.Argument.Number;
        return number.Imaginary == 0 ? number.Real : throw Refused("double");
    }

    public static sbyte ToSByte(this Scalar value) => (sbyte)Whole(value, sbyte.MinValue, sbyte.MaxValue, "int8");

    public static byte ToByte(this Scalar value) => (byte)Whole(value, byte.MinValue, byte.MaxValue, "uint8");

    public static short ToInt16(this Scalar value) => (short)Whole(value, short.MinValue, short.MaxValue, "int16");

    public static int ToInt32(this Scalar value) => (int)Whole(value, int.MinValue, int.MaxValue, "int32");

    public static long ToInt64(this Scalar value) => Whole(value, long.MinValue, long.MaxValue, "int64");

    public static bool ToBoolean(this Scalar value) => value.Argument.Number != Complex.Zero;

    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value)
    {
        var number = value.Argument.Number;
        return ((float)number.Real, (float)number.Imaginary);
    }

    public static Complex ToComplexFloat64(this Scalar value) => value.Argument.Number;

    // A double is cut towards zero, as C++ does it.
    private static long Whole(Scalar value, long least, long most, string type)
    {
        if (value.Type is not torch.ScalarType.Float64 and not torch.ScalarType.ComplexFloat64)
        {
            long whole = value.Argument.Bits;
            return whole >= least && whole <= most ? whole : throw Refused(type);
        }

        double number = value.ToDouble();
        return number >= least && number <= most ? (long)number : throw Refused(type);
    }

    private static ExternalException Refused(string type) => new($"the value cannot be converted to {type} without overflow");
}
