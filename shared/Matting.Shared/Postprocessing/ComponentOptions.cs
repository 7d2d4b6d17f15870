using Matting.Shared.Regions;

namespace Matting.Shared.Postprocessing;

/// <summary>The numbers of <see cref="ComponentPostprocess"/>; the defaults are those of the published submissions.</summary>
public sealed record ComponentOptions : PostprocessOptions
{
    /// <summary>What options and files call it.</summary>
    public const string ProcessName = "components";

    /// <summary>All defaults.</summary>
    public static ComponentOptions Default { get; } = new();

    /// <inheritdoc/>
    public override string Name => ProcessName;

    /// <summary>Alphas above it are support, 0..1; compared in float32.</summary>
    public double Support { get; init; } = 0.05;

    /// <summary>Which support pixels touch.</summary>
    public Neighbourhood Connectivity { get; init; } = Neighbourhood.Four;

    /// <summary>How many regions are looked at, the ones with the highest peaks, 1 to 10,000.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>A region stays when its highest alpha is above it, 0..1 ...</summary>
    public double Peak { get; init; } = 0.20;

    /// <summary>... or when its share of all pixels is above this, 0..1.</summary>
    public double AreaShare { get; init; } = 0.01;

    /// <summary>Side in pixels of the square by which the kept support grows, odd, 1 (not at all) to 255.</summary>
    public int Dilation { get; init; } = 7;

    /// <inheritdoc/>
    public override IAlphaPostprocess Create() => new ComponentPostprocess(this);

    internal void Check()
    {
        Check(Support is >= 0 and <= 1, $"a support threshold of {Support}: expected 0 to 1");
        Check(Enum.IsDefined(Connectivity), $"a connectivity of {(int)Connectivity}: expected 4 or 8");
        Check(Keep is >= 1 and <= 10_000, $"{Keep} regions to keep: expected 1 to 10000");
        Check(Peak is >= 0 and <= 1, $"a peak threshold of {Peak}: expected 0 to 1");
        Check(AreaShare is >= 0 and <= 1, $"an area share of {AreaShare}: expected 0 to 1");
        Check(Dilation is >= 1 and <= 255 && Dilation % 2 == 1, $"a dilation by {Dilation} pixels: expected an odd number from 1 to 255");
    }
}
