namespace Matting.Trainer.Torch.Functions;

/// <summary>
/// Bilinear resampling along one axis as PyTorch defines it with <c>align_corners=False</c>: output o lies at
/// s = max(0, (o + 1/2) n/m - 1/2) of the n inputs, and takes 1 - f of input floor(s) and f = s - floor(s) of the next.
/// Weights are worked out in double: libtorch's own, in float32, are off by up to 1e-5 in long rows.
/// </summary>
internal sealed class UpsampleTaps
{
    // transposed: the outputs that input i goes into are _outputs[_starts[i].._starts[i + 1]]
    private readonly int[] _starts;
    private readonly int[] _outputs;
    private readonly float[] _weights;

    /// <summary>Works out all weights.</summary>
    /// <param name="inputs">Samples along the axis, at least 1.</param>
    /// <param name="outputs">Samples wanted, at least 1.</param>
    public UpsampleTaps(int inputs, int outputs)
    {
        Inputs = inputs;
        (First, Second, Fraction) = (new int[outputs], new int[outputs], new float[outputs]);
        double scale = (double)inputs / outputs;
        List<(int Output, float Weight)>[] uses = [.. Enumerable.Range(0, inputs).Select(_ => new List<(int, float)>())];
        for (int output = 0; output < outputs; output++)
        {
            double place = Math.Max(scale * (output + 0.5) - 0.5, 0);
            int first = Math.Min((int)place, inputs - 1), second = Math.Min(first + 1, inputs - 1);
            float fraction = (float)(place - first);
            (First[output], Second[output], Fraction[output]) = (first, second, fraction);
            uses[first].Add((output, 1 - fraction));
            if (fraction > 0)
                uses[second].Add((output, fraction));
        }
        _starts = new int[inputs + 1];
        for (int input = 0; input < inputs; input++)
            _starts[input + 1] = _starts[input] + uses[input].Count;
        _outputs = [.. uses.SelectMany(list => list.Select(use => use.Output))];
        _weights = [.. uses.SelectMany(list => list.Select(use => use.Weight))];
    }

    /// <summary>Samples along the axis before.</summary>
    public int Inputs { get; }

    /// <summary>For each output the input before it.</summary>
    public int[] First { get; }

    /// <summary>For each output the input after it.</summary>
    public int[] Second { get; }

    /// <summary>For each output what it takes of <see cref="Second"/>, in [0, 1).</summary>
    public float[] Fraction { get; }

    /// <summary>The outputs that an input goes into.</summary>
    public ReadOnlySpan<int> OutputsOf(int input) => _outputs.AsSpan(_starts[input].._starts[input + 1]);

    /// <summary>How much of it goes into each of <see cref="OutputsOf"/>.</summary>
    public ReadOnlySpan<float> WeightsOf(int input) => _weights.AsSpan(_starts[input].._starts[input + 1]);
}
