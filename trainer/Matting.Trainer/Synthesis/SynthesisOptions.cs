namespace Matting.Trainer.Synthesis;

/// <summary>What dataset of synthetic pictures is written where.</summary>
public sealed record SynthesisOptions
{
    /// <summary>The folder; created when it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Pairs for training and validation together, 2 or more.</summary>
    public int Count { get; init; } = 64;

    /// <summary>Rows of every picture; see <see cref="SyntheticPicture.SmallestSide"/>.</summary>
    public int Height { get; init; } = 256;

    /// <summary>Columns of every picture.</summary>
    public int Width { get; init; } = 256;

    /// <summary>The same seed gives the same files, byte for byte.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Share of the pairs that is kept for validation, above 0 and below 1; at least one pair, never all.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>Held-out pictures beside the pairs, 0 or more.</summary>
    public int TestCount { get; init; } = 8;

    /// <summary>Pictures made at the same time; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>True replaces an earlier dataset of the folder; false: a folder that is not empty is an error.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(TestCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        if (!(ValidationShare > 0 && ValidationShare < 1))
            throw new ArgumentOutOfRangeException(nameof(ValidationShare), ValidationShare, "a share above 0 and below 1 is wanted");
        foreach (int side in (ReadOnlySpan<int>)[Height, Width])
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(side, SyntheticPicture.SmallestSide);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(side, SyntheticPicture.LargestSide);
        }
    }
}
