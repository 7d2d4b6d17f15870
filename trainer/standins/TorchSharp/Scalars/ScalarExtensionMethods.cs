using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Conversions between <see cref="Scalar"/> and the numbers of .NET; a number that does not fit is refused as libtorch refuses it.</summary>
public static class ScalarExtensionMethods
{
    public static Half ToHalf(this Scalar value) => (Half)value.ToDouble();

    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    public static double ToDouble(this Scalar value)
    {
        var number = value.Argument.Number;
        return number.Imaginary == 0 ? number.Real : throw Refused("double");
    }

    public static byte ToByte(this Scalar value) => (byte)Whole(value, byte.MinValue, byte.MaxValue, "uint8");

    public static int ToInt32(this Scalar value) => (int)Whole(value, int.MinValue, int.MaxValue, "int32");

    public static long ToInt64(this Scalar value) => Whole(value, long.MinValue, long.MaxValue, "int64");

    public static bool ToBoolean(this Scalar value) => value.Argument.Number != Complex.Zero;

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
