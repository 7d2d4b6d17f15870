namespace Matting.Shared.Postprocessing;

/// <summary>The numbers of <see cref="CalibrationPostprocess"/>; the defaults are those of the published submissions.</summary>
public sealed record CalibrationOptions : PostprocessOptions
{
    /// <summary>What options and files call it.</summary>
    public const string ProcessName = "calibrate";

    /// <summary>All defaults.</summary>
    public static CalibrationOptions Default { get; } = new();

    /// <inheritdoc/>
    public override string Name => ProcessName;

    /// <summary>Which percentile of the alphas becomes 0, 0..100.</summary>
    public double Percentile { get; init; } = 1;

    /// <summary>Exponent of the stretched alphas, above 0, up to 10; above 1 it darkens what is half transparent.</summary>
    public double Gamma { get; init; } = 1.3;

    /// <summary>Keeps the division finite where the percentile is 1; above 0, up to 1.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override IAlphaPostprocess Create() => new CalibrationPostprocess(this);

    internal void Check()
    {
        Check(Percentile is >= 0 and <= 100, $"a percentile of {Percentile}: expected 0 to 100");
        Check(Gamma is > 0 and <= 10, $"a gamma of {Gamma}: expected above 0, up to 10");
        Check(Epsilon is > 0 and <= 1, $"an epsilon of {Epsilon}: expected above 0, up to 1");
    }
}
