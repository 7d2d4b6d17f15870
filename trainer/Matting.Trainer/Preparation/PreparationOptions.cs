using Matting.Shared.Imaging;

namespace Matting.Trainer.Preparation;

/// <summary>Which cut-outs become which training pairs, and where.</summary>
public sealed record PreparationOptions
{
    /// <summary>The folder of the cut-outs; its subfolders belong to it.</summary>
    public required string Cutouts { get; init; }

    /// <summary>The folder of the pairs: new, empty, or one that an earlier preparation with the same settings made.</summary>
    public required string Folder { get; init; }

    /// <summary>Decides backgrounds and split: the same seed gives the same files, byte for byte.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Composites of every cut-out, 1 to <see cref="MostBackgrounds"/>, each over another background.</summary>
    public int Backgrounds { get; init; } = 1;

    /// <summary>Share of the cut-outs that is kept for validation, above 0 and below 1; at least one of two or more, never all.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>Cut-outs worked on at the same time; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How cut-outs are read; larger ones than it allows are left out.</summary>
    public ImageReadOptions Reading { get; init; } = ImageReadOptions.Default;

    /// <summary>True first deletes what an earlier preparation wrote to the folder, and nothing else.</summary>
    public bool StartOver { get; init; }

    /// <summary>There are not many more light backgrounds that differ.</summary>
    public const int MostBackgrounds = 100;

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Cutouts);
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        ArgumentNullException.ThrowIfNull(Reading);
        ArgumentOutOfRangeException.ThrowIfLessThan(Backgrounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Backgrounds, MostBackgrounds);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        if (!(ValidationShare > 0 && ValidationShare < 1))
            throw new ArgumentOutOfRangeException(nameof(ValidationShare), ValidationShare, "a share above 0 and below 1 is wanted");
    }
}
