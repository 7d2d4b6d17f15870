using System.Globalization;
using System.Numerics.Tensors;

namespace Matting.Runtime.Sessions;

/// <summary>Makes alpha of what a network puts out.</summary>
/// <param name="stated">What is to be done; null when nobody has said so, and then the values must look like alpha.</param>
/// <param name="output">The output's name, for the message.</param>
/// <param name="name">The model's name, for the message.</param>
internal sealed class OutputScaling(OutputNormalisation? stated, string output, string name)
{
    // a network may overshoot 0..1 a little; logits go far beyond
    private const float Overshoot = 0.5f;

    /// <summary>Works in place.</summary>
    /// <param name="values">Output maps one after the other.</param>
    /// <param name="pixels">Values of one map.</param>
    /// <exception cref="MattingModelException">The values are no alpha and nothing says how to make some of them.</exception>
    public void Apply(Span<float> values, int pixels)
    {
        switch (stated)
        {
            case OutputNormalisation.Sigmoid:
                TensorPrimitives.Sigmoid(values, values);
                break;
            case OutputNormalisation.MinMax:
                for (int first = 0; first < values.Length; first += pixels)
                    Stretch(values.Slice(first, pixels));
                break;
            case null:
                Check(values);
                break;
        }
    }

    private static void Stretch(Span<float> map)
    {
        float min = TensorPrimitives.Min<float>(map), range = TensorPrimitives.Max<float>(map) - min;
        if (!(range > 0) || !float.IsFinite(range))
            return;
        TensorPrimitives.Subtract(map, min, map);
        TensorPrimitives.Divide(map, range, map);
    }

    private void Check(ReadOnlySpan<float> values)
    {
        float min = TensorPrimitives.Min(values), max = TensorPrimitives.Max(values);
        // what is no number is the failure of one picture, found when its alpha is made
        if ((min >= -Overshoot && max <= 1 + Overshoot) || !float.IsFinite(min) || !float.IsFinite(max))
            return;
        throw new MattingModelException(name, MattingModelError.Undescribed, string.Create(CultureInfo.InvariantCulture,
            $"output '{output}' holds values from {min:0.###} to {max:0.###}, which is no alpha: if they are logits, say --normalise-output sigmoid; --normalise-output none cuts them off at 0 and 1"));
    }
}
