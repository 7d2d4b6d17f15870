using Matting.Shared.Html;
using Matting.Trainer.Reports.Charts;
using Matting.Trainer.Reports.Logs;

namespace Matting.Trainer.Reports.Sections;

/// <summary>The curves of a run, by epoch and by step.</summary>
internal static class CurvesSection
{
    // about as many as a chart has pixels across
    private const int MostPoints = 400;
    private const double Gibibyte = 1024;

    /// <summary>Writes the sections; without a log only a sentence.</summary>
    public static void Write(HtmlWriter page, RunHistory run)
    {
        Section(page, "By epoch", EpochCharts(run), "No epoch is over yet.");
        if (run.UnreadableLines > 0)
            page.Write($"""<p class="warning">{run.UnreadableLines} lines of {Path.GetFileName(run.Folder.EventsPath)} could not be read and are left out.</p>""");
        if (run.Steps.Count > 0)
            Section(page, "By step", StepCharts(run.Steps), "");
    }

    private static void Section(HtmlWriter page, string title, IEnumerable<Chart> charts, string otherwise)
    {
        page.Write($"<section><h2>{title}</h2>");
        Chart[] drawn = [.. charts.Where(chart => chart.HasPoints)];
        page.Write($"""<div class="charts">""");
        foreach (Chart chart in drawn)
            ChartPlot.Write(page, chart);
        page.Write($"</div>");
        if (drawn.Length == 0)
            page.Write($"<p>{otherwise}</p>");
        page.Write($"</section>");
    }

    private static IEnumerable<Chart> EpochCharts(RunHistory run)
    {
        yield return ByEpoch("MSE", false, ("training", epoch => epoch.TrainMse), ("validation", epoch => epoch.ValMse),
            ("validation, averaged", epoch => epoch.EmaValMse)) with
        {
            Mark = run.Best is { } best ? (best.Epoch, $"best: epoch {best.Epoch}") : null,
        };
        yield return ByEpoch("Training loss", false, ("loss", epoch => epoch.TrainLoss));
        yield return ByEpoch("Learning rate", false, ("learning rate", epoch => epoch.Lr));
        yield return ByEpoch("Images a second", true, ("images a second", epoch => epoch.SamplesPerSecond));
        yield return ByEpoch("Waiting for data, % of the time", true, ("waiting", epoch => 100 * epoch.DataWaitShare));
        yield return ByEpoch("Peak memory, GiB", true, ("memory", epoch => epoch.PeakMemoryMib / Gibibyte));

        Chart ByEpoch(string title, bool fromZero, params (string Name, Func<LoggedEpoch, double?> Value)[] curves) => new()
        {
            Title = title,
            Over = "epoch",
            FromZero = fromZero,
            Series = [.. curves.Select(curve => new ChartSeries(curve.Name, PointReduction.Reduce(
                [.. run.Epochs.Where(epoch => curve.Value(epoch) is not null).Select(epoch => new ChartPoint(epoch.Epoch, curve.Value(epoch)!.Value))],
                MostPoints)))],
        };
    }

    private static IEnumerable<Chart> StepCharts(IReadOnlyList<LoggedStep> steps)
    {
        yield return ByStep("Training loss", false, steps.Select(step => (step.Step, step.Loss)));
        yield return ByStep("Training MSE", false, steps.Select(step => (step.Step, step.Mse)));
        yield return ByStep("Learning rate", false, steps.Select(step => (step.Step, step.Lr)));
        yield return ByStep("Images a second", true, Speeds(steps).Select(speed => (speed.Step, speed.Rate)));
        yield return ByStep("Waiting for data, % of the time", true, Speeds(steps).Select(speed => (speed.Step, speed.Waiting)));
    }

    private static Chart ByStep(string title, bool fromZero, IEnumerable<(long Step, double? Value)> values)
    {
        ChartPoint[] points = [.. values.Where(pair => pair.Value is not null).Select(pair => new ChartPoint(pair.Step, pair.Value!.Value))];
        return new Chart
        {
            Title = title,
            Over = "step",
            Note = points.Length > MostPoints ? $"means of {(points.Length + MostPoints - 1) / MostPoints} steps and their range" : null,
            FromZero = fromZero,
            Series = [new ChartSeries(title, PointReduction.Reduce(points, MostPoints))],
        };
    }

    /// <summary>The rate and the share of waiting of each step alone: the log has the sums of its epoch.</summary>
    private static IEnumerable<(long Step, double? Rate, double? Waiting)> Speeds(IReadOnlyList<LoggedStep> steps)
    {
        LoggedStep? before = null;
        foreach (LoggedStep step in steps)
        {
            bool first = before?.Epoch != step.Epoch;
            double? seconds = step.EpochSeconds - (first ? 0 : before!.EpochSeconds), waited = step.EpochWaited - (first ? 0 : before!.EpochWaited);
            before = step;
            // a clock that was turned back, or a process that was asleep, tells nothing
            if (seconds is > 0)
                yield return (step.Step, step.Samples / seconds, waited >= 0 && waited <= seconds ? 100 * waited / seconds : null);
        }
    }
}
