namespace Matting.Runtime.Cli.Comparison;

/// <summary>
/// What <c>compare</c> found. Written as JSON (camel case) this record and those it holds are the schema of <c>compare --json</c>;
/// <see cref="Schema"/> changes when a member is renamed, removed or changes its meaning, not when one is added.
/// </summary>
internal sealed record ComparisonReport
{
    public string Schema { get; } = "matting.compare/1";

    public required string A { get; init; }

    public required string B { get; init; }

    /// <summary>Pictures in order of their names; those that could be compared.</summary>
    public required IReadOnlyList<PictureDifference> Pictures { get; init; }

    public required IReadOnlyList<string> OnlyInA { get; init; }

    public required IReadOnlyList<string> OnlyInB { get; init; }

    /// <summary>What could not be compared, one line each.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>Means over the pictures, each counting the same; null without any.</summary>
    public double? Mse => Mean(picture => picture.Mse);

    public double? Sad => Mean(picture => picture.Sad);

    public double? EqualShare => Mean(picture => picture.EqualShare);

    /// <summary>The largest difference of any picture, in levels of 0..255; null without any.</summary>
    public int? Maximum => Pictures.Count == 0 ? null : Pictures.Max(picture => picture.Maximum);

    /// <summary>True when every picture of both sides was compared.</summary>
    public bool IsWhole => OnlyInA.Count + OnlyInB.Count + Failures.Count == 0;

    /// <summary>The pictures with the largest squared error, the worst first; equal ones by name.</summary>
    public IReadOnlyList<PictureDifference> Worst(int count) =>
        [.. Pictures.OrderByDescending(picture => picture.Mse).ThenBy(picture => picture.Name, StringComparer.Ordinal).Take(count)];

    private double? Mean(Func<PictureDifference, double> value) => Pictures.Count == 0 ? null : Pictures.Average(value);
}

/// <summary>How far the two versions of a picture are apart.</summary>
/// <param name="Name">The picture's name.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Mse">Mean squared difference, values in 0..1.</param>
/// <param name="Sad">Sum of absolute differences in thousands.</param>
/// <param name="Maximum">The largest difference, in levels of 0..255.</param>
/// <param name="EqualShare">Share of the pixels that are equal, 0..1.</param>
internal sealed record PictureDifference(string Name, int Width, int Height, double Mse, double Sad, int Maximum, double EqualShare);
