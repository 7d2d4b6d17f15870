using System.Numerics;

namespace Matting.Shared.Weights.Pickle;

/// <summary>Python's equality for the simple keys of a dictionary.</summary>
internal sealed class PickleKeyComparer : IEqualityComparer<PickleValue>
{
    public static readonly PickleKeyComparer Instance = new();

    private PickleKeyComparer()
    {
    }

    public static bool CanBeKey(PickleValue key) =>
        key is PickleString or PickleInteger or PickleFloat or PickleBool or PickleBytes or PickleNone;

    public bool Equals(PickleValue? x, PickleValue? y) => (x, y) switch
    {
        (PickleString a, PickleString b) => a.Value == b.Value,
        (PickleBytes a, PickleBytes b) => a.Value.Span.SequenceEqual(b.Value.Span),
        (PickleNone, PickleNone) => true,
        (null, null) => true,
        // Equals, not ==: one NaN is one key, or a file could fill a bucket with them
        _ => Number(x) is { } p && Number(y) is { } q && p.Equals(q),
    };

    // HashCode is seeded per process: a file cannot be written so that all its keys collide
    public int GetHashCode(PickleValue obj)
    {
        HashCode hash = default;
        switch (obj)
        {
            case PickleString text:
                hash.Add(text.Value);
                break;
            case PickleBytes bytes:
                hash.AddBytes(bytes.Value.Span);
                break;
            default:
                hash.Add(Number(obj));
                break;
        }
        return hash.ToHashCode();
    }

    // True, 1 and 1.0 are one key; a float with a fraction (or not finite) is told apart by its own value
    private static (BigInteger Whole, double Fraction)? Number(PickleValue? value) => value switch
    {
        PickleInteger integer => (integer.Value, 0),
        PickleBool flag => (flag.Value ? 1 : 0, 0),
        PickleFloat { Value: double real } when double.IsInteger(real) => (new BigInteger(real), 0),
        PickleFloat real => (BigInteger.Zero, real.Value),
        _ => null,
    };
}
