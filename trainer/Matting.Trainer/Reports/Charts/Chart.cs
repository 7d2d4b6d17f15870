namespace Matting.Trainer.Reports.Charts;

/// <summary>A point of a curve; where it stands for several values, their range too.</summary>
internal readonly record struct ChartPoint(double X, double Y, double Low, double High)
{
    /// <summary>A point that stands for itself.</summary>
    public ChartPoint(double x, double y) : this(x, y, y, y)
    {
    }
}

/// <summary>A curve.</summary>
/// <param name="Name">As the legend calls it.</param>
/// <param name="Points">Ascending in X; finite.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);

/// <summary>A chart of one or a few curves over whole numbers.</summary>
internal sealed record Chart
{
    /// <summary>What it shows, with the unit.</summary>
    public required string Title { get; init; }

    /// <summary>What the numbers along it are: <c>epoch</c> or <c>step</c>.</summary>
    public required string Over { get; init; }

    /// <summary>The curves, the most important one first; those without points are not drawn.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>True for amounts, whose axis begins at 0.</summary>
    public bool FromZero { get; init; }

    /// <summary>A number on the horizontal axis that stands out, with what is to be said about it; null: none does.</summary>
    public (double X, string Label)? Mark { get; init; }

    /// <summary>What else has to be known to read it; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>True when there is a point to draw.</summary>
    public bool HasPoints => Series.Any(series => series.Points.Count > 0);
}
