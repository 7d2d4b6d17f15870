namespace Matting.Trainer.Training;

/// <summary>A validation sample and what the network made of it. The arrays belong to whoever gets the sample.</summary>
public sealed record JudgedSample
{
    /// <summary>The place of the sample in the validation CSV, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Height and width in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>The picture, normalised by the recipe's profile, [3, Size, Size].</summary>
    public required float[] Image { get; init; }

    /// <summary>The true alpha in 0..1, [Size, Size].</summary>
    public required float[] Alpha { get; init; }

    /// <summary>The predicted alpha in 0..1, [Size, Size].</summary>
    public required float[] Prediction { get; init; }
}
