using System.Numerics;

namespace Matting.Shared.Weights.Pickle;

/// <summary>
/// One ordinary value of a <c>.pth</c> file: <see cref="PickleTensor"/>, <see cref="PickleDict"/>, <see cref="PickleList"/>,
/// <see cref="PickleTuple"/>, <see cref="PickleInteger"/>, <see cref="PickleFloat"/>, <see cref="PickleString"/>,
/// <see cref="PickleBytes"/>, <see cref="PickleBool"/> or <see cref="PickleNone"/>. There are no others.
/// </summary>
public abstract class PickleValue
{
    private protected PickleValue()
    {
    }

    /// <summary>What Python calls the type: <c>Tensor</c>, <c>dict</c>, <c>OrderedDict</c>, <c>int</c>, ...</summary>
    public abstract string PythonType { get; }

    /// <summary>Python's <c>None</c>.</summary>
    public static PickleValue None => PickleNone.Instance;

    /// <summary>A string.</summary>
    public static implicit operator PickleValue(string value) => new PickleString(value);

    /// <summary>A whole number.</summary>
    public static implicit operator PickleValue(long value) => new PickleInteger(value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator PickleValue(double value) => new PickleFloat(value);

    /// <summary>True or false.</summary>
    public static implicit operator PickleValue(bool value) => value ? PickleBool.True : PickleBool.False;

    /// <summary>A tensor.</summary>
    public static implicit operator PickleValue(WeightTensor value) => new PickleTensor(value);
}

/// <summary>Python's <c>None</c>.</summary>
public sealed class PickleNone : PickleValue
{
    internal static readonly PickleNone Instance = new();

    private PickleNone()
    {
    }

    /// <inheritdoc/>
    public override string PythonType => "NoneType";
}

/// <summary>True or false.</summary>
public sealed class PickleBool : PickleValue
{
    internal static readonly PickleBool True = new(true);
    internal static readonly PickleBool False = new(false);

    private PickleBool(bool value) => Value = value;

    /// <summary>The value.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override string PythonType => "bool";
}

/// <summary>A whole number of any size.</summary>
public sealed class PickleInteger(BigInteger value) : PickleValue
{
    /// <summary>The number.</summary>
    public BigInteger Value { get; } = value;

    /// <inheritdoc/>
    public override string PythonType => "int";
}

/// <summary>A floating-point number.</summary>
public sealed class PickleFloat(double value) : PickleValue
{
    /// <summary>The number.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override string PythonType => "float";
}

/// <summary>A string.</summary>
public sealed class PickleString : PickleValue
{
    /// <summary>Wraps a string.</summary>
    public PickleString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string PythonType => "str";
}

/// <summary>A byte string.</summary>
public sealed class PickleBytes(ReadOnlyMemory<byte> value) : PickleValue
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; } = value;

    /// <inheritdoc/>
    public override string PythonType => "bytes";
}

/// <summary>A tensor.</summary>
public sealed class PickleTensor : PickleValue
{
    /// <summary>Wraps a tensor.</summary>
    public PickleTensor(WeightTensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The tensor.</summary>
    public WeightTensor Value { get; }

    /// <inheritdoc/>
    public override string PythonType => "Tensor";
}
