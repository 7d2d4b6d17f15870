using System.Globalization;
using System.Text;
using System.Text.Json;
using Matting.Shared.Html;

namespace Matting.Trainer.Reports.Charts;

/// <summary>
/// Draws a chart: the curves as SVG that stretches with the page, the labels as text beside it, which keeps its size. It can be read
/// without any program; one may read out the values in <c>data-points</c>.
/// </summary>
internal static class ChartPlot
{
    private const int TicksAcross = 5, TicksUp = 4;
    private const double Width = 1000, Height = 500;

    // beyond these, points touch each other
    private const int MostMarkers = 40;

    /// <summary>Writes a figure; nothing when there is no point to draw.</summary>
    public static void Write(HtmlWriter page, Chart chart)
    {
        if (!chart.HasPoints)
            return;
        ChartSeries[] series = [.. chart.Series.Where(one => one.Points.Count > 0)];
        ChartPoint[] points = [.. series.SelectMany(one => one.Points)];
        ChartAxis across = ChartAxis.Whole(points.Min(point => point.X), points.Max(point => point.X), TicksAcross);
        ChartAxis up = ChartAxis.Of(points.Min(point => point.Low), points.Max(point => point.High), TicksUp, chart.FromZero);

        page.Write($"""<figure class="chart"><figcaption><h3>{chart.Title}</h3>""");
        if (series.Length > 1 || chart.Mark is not null)
            WriteLegend(page, chart, series);
        page.Write($"""</figcaption><div class="plot" tabindex="0" data-points="{Points(chart, series, across, up)}">""");
        string description = Describe(chart, series);
        page.Write($"""<svg viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-label="{description}"><title>{description}</title>""");
        foreach (double tick in up.Ticks)
            page.Write($"""<path class="grid" d="M0 {Y(up, tick):0.#}H{Width}"/>""");
        if (chart.Mark is { } mark)
            page.Write($"""<path class="mark" d="M{X(across, mark.X):0.#} 0V{Height}"/>""");
        for (int i = series.Length - 1; i >= 0; i--)
            Draw(page, series[i].Points, i + 1, across, up);
        page.Write($"</svg>");
        foreach (double tick in up.Ticks)
            page.Write($"""<span class="y" style="bottom:{100 * up.Place(tick):0.##}%">{ChartNumber.Tick(up, tick)}</span>""");
        foreach (double tick in across.Ticks)
            page.Write($"""<span class="x" style="left:{100 * across.Place(tick):0.##}%">{ChartNumber.Tick(across, tick)}</span>""");
        page.Write($"""</div><p class="over">{chart.Over}{(up.Logarithmic ? ", log scale" : "")}{(chart.Note is null ? "" : $"; {chart.Note}")}</p></figure>""");
    }

    private static void WriteLegend(HtmlWriter page, Chart chart, ChartSeries[] series)
    {
        page.Write($"""<ul class="legend">""");
        for (int i = 0; i < series.Length; i++)
            page.Write($"""<li class="s{i + 1}">{series[i].Name}</li>""");
        if (chart.Mark is { } mark)
            page.Write($"""<li class="marked">{mark.Label}</li>""");
        page.Write($"</ul>");
    }

    private static void Draw(HtmlWriter page, IReadOnlyList<ChartPoint> points, int colour, ChartAxis across, ChartAxis up)
    {
        if (points.Any(point => point.Low < point.High))
        {
            StringBuilder band = new("M");
            foreach (ChartPoint point in points)
                band.Append(CultureInfo.InvariantCulture, $"{X(across, point.X):0.#} {Y(up, point.High):0.#} ");
            foreach (ChartPoint point in points.Reverse())
                band.Append(CultureInfo.InvariantCulture, $"{X(across, point.X):0.#} {Y(up, point.Low):0.#} ");
            page.Write($"""<path class="band s{colour}" d="{band.Append('Z').ToString()}"/>""");
        }
        string line = "M" + string.Join(' ', points.Select(point =>
            string.Create(CultureInfo.InvariantCulture, $"{X(across, point.X):0.#} {Y(up, point.Y):0.#}")));
        page.Write($"""<path class="line s{colour}" d="{line}"/>""");
        if (points.Count > MostMarkers)
            return;
        // a line of no length with round ends is a dot, however the picture is stretched
        string dots = string.Concat(points.Select(point =>
            string.Create(CultureInfo.InvariantCulture, $"M{X(across, point.X):0.#} {Y(up, point.Y):0.#}h0")));
        page.Write($"""<path class="dot s{colour}" d="{dots}"/>""");
    }

    /// <summary>Where the values of each number are and what they say, for reading them out.</summary>
    private static string Points(Chart chart, ChartSeries[] series, ChartAxis across, ChartAxis up)
    {
        var rows = series
            .SelectMany(one => one.Points.Select(point => (one.Name, Point: point)))
            .GroupBy(pair => pair.Point.X)
            .OrderBy(group => group.Key)
            .Select(group => new object[]
            {
                Math.Round(across.Place(group.Key), 4),
                $"{chart.Over} {group.Key.ToString("N0", CultureInfo.InvariantCulture)}",
                group.Select(pair => new object[]
                {
                    Math.Round(up.Place(pair.Point.Y), 4),
                    series.Length == 1 ? ChartNumber.Value(pair.Point.Y) : $"{pair.Name} {ChartNumber.Value(pair.Point.Y)}",
                }),
            });
        return JsonSerializer.Serialize(rows);
    }

    private static string Describe(Chart chart, ChartSeries[] series)
    {
        IEnumerable<string> curves = series.Select(one =>
            $"{one.Name} from {ChartNumber.Value(one.Points[0].Y)} to {ChartNumber.Value(one.Points[^1].Y)}, "
            + $"lowest {ChartNumber.Value(one.Points.Min(point => point.Low))}, highest {ChartNumber.Value(one.Points.Max(point => point.High))}");
        string mark = chart.Mark is { } marked ? $"; {marked.Label}" : "";
        return $"{chart.Title} by {chart.Over}: {string.Join("; ", curves)}{mark}";
    }

    private static double X(ChartAxis axis, double value) => Width * axis.Place(value);

    private static double Y(ChartAxis axis, double value) => Height * (1 - axis.Place(value));
}
