namespace Matting.Trainer.Preparation;

/// <summary>What became of a cut-out.</summary>
public enum CutoutState
{
    /// <summary>Its pictures were written.</summary>
    Written,

    /// <summary>Its pictures were there already, and neither they nor the cut-out have changed since.</summary>
    Kept,

    /// <summary>It is of no use; there is a reason.</summary>
    LeftOut,
}

/// <summary>What became of one cut-out.</summary>
/// <param name="Cutout">Its path.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why it was left out, one line that names it; null for the others.</param>
public sealed record CutoutOutcome(string Cutout, CutoutState State, string? Reason = null);

/// <summary>What came out of a preparation.</summary>
public sealed record PreparationResult
{
    /// <summary>Cut-outs whose pictures were written by this run.</summary>
    public required int Written { get; init; }

    /// <summary>Cut-outs whose pictures were there already.</summary>
    public required int Kept { get; init; }

    /// <summary>Cut-outs of no use.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Rows of <c>train.csv</c>.</summary>
    public required int TrainingPairs { get; init; }

    /// <summary>Rows of <c>val.csv</c>.</summary>
    public required int ValidationPairs { get; init; }

    /// <summary>Cut-outs of 16 bits a channel, of which the higher 8 were used.</summary>
    public required int SixteenBits { get; init; }
}
