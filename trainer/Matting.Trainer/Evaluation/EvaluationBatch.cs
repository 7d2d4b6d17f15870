namespace Matting.Trainer.Evaluation;

/// <summary>Pictures that go through the network together, and the memory for it; used again and again.</summary>
/// <param name="options">Sizes and counts.</param>
internal sealed class EvaluationBatch(EvaluationOptions options)
{
    private readonly int _plane = options.Height * options.Width;
    private readonly float[] _inputs = new float[3L * options.Batch * options.InputsPerPicture * options.Height * options.Width];
    private readonly float[] _outputs = new float[(long)options.Batch * options.InputsPerPicture * options.Height * options.Width];

    /// <summary>All pictures in their order.</summary>
    public LoadedPicture[] Pictures { get; set; } = [];

    /// <summary>Number of inputs that are filled: those of the pictures that can be used, which lie one after the other.</summary>
    public int Inputs { get; set; }

    /// <summary>Normalised pictures for the network, [Inputs, 3, H, W].</summary>
    public ReadOnlySpan<float> Images => _inputs.AsSpan(0, 3 * Inputs * _plane);

    /// <summary>Alphas of the network, [Inputs, 1, H, W].</summary>
    public Span<float> Alphas => _outputs.AsSpan(0, Inputs * _plane);

    /// <summary>The place of an input, [3, H, W].</summary>
    public Span<float> Image(int input) => _inputs.AsSpan(3 * input * _plane, 3 * _plane);

    /// <summary>The place of an output, [H, W].</summary>
    public Span<float> Alpha(int input) => _outputs.AsSpan(input * _plane, _plane);
}
