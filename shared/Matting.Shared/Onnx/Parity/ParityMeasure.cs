using System.Numerics.Tensors;

namespace Matting.Shared.Onnx.Parity;

/// <summary>How far two engines, or two models, are apart over everything that both were run on.</summary>
public sealed class ParityMeasure
{
    private double _largest;
    private double _sum;
    private long _count;

    /// <summary>The largest and the mean absolute difference so far.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added yet.</exception>
    public ModelVerification Result => _count > 0
        ? new(_largest, _sum / _count)
        : throw new InvalidOperationException("nothing was compared");

    /// <summary>Adds the outputs for one input.</summary>
    /// <param name="expected">Those of one engine.</param>
    /// <param name="actual">Those of the other, as many; overwritten with the differences.</param>
    /// <returns>False when a difference is not a finite number; it does not count then.</returns>
    public bool Add(ReadOnlySpan<float> expected, Span<float> actual)
    {
        TensorPrimitives.Subtract(actual, expected, actual);
        float worst = TensorPrimitives.MaxMagnitude<float>(actual);
        if (!float.IsFinite(worst))
            return false;
        _largest = Math.Max(_largest, Math.Abs(worst));
        _sum += TensorPrimitives.SumOfMagnitudes<float>(actual);
        _count += actual.Length;
        return true;
    }
}
