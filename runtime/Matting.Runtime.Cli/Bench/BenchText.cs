using System.Globalization;
using Matting.CommandLine;

namespace Matting.Runtime.Cli.Bench;

/// <summary>Shows a report to people.</summary>
internal sealed class BenchText(TextWriter output)
{
    private static readonly string[] Where = ["device", "threads", "size", "tta"];

    public void Show(BenchReport report)
    {
        string packages = report.Machine.Packages == "nuget" ? "official packages" : "stand-in packages";
        string precision = report.Precision is { } name ? $", {name}" : "";
        output.WriteLine($"{report.Model}: {report.Network ?? "foreign model"}, profile {report.Profile}{precision}");
        output.WriteLine($"{report.Machine.Processor}, {HumanText.Count(report.Machine.Threads, "thread")}; {report.Machine.System}; {report.Machine.DotNet}");
        output.WriteLine($"matting {report.Machine.Matting} ({packages}), ONNX Runtime {report.OnnxRuntime}; pictures: {report.Pictures}");
        foreach (SessionReport session in report.Sessions)
        {
            string warm = session.WarmUpMs is { } first ? $", first run {Time(first)}" : "";
            output.WriteLine($"{session.Provider} on {session.Session.Device}, {HumanText.Count(session.Session.Threads, "thread")}, {Size(session.Session)}: loaded in {Time(session.LoadMs)}{warm}");
        }
        ShowNetwork(report);
        ShowPipelines(report);
        ShowStages(report);
        output.WriteLine();
        output.WriteLine($"{report.Rounds} rounds over all rows in turn, a row at least {report.Seconds.ToString(CultureInfo.InvariantCulture)} s (a stage a tenth of that) and {HumanText.Count(report.Runs, "run")}; peak memory of the process {HumanText.Bytes(report.PeakMemoryBytes)}");
        if (report.Interrupted)
            output.WriteLine("interrupted: these are the rows measured so far");
    }

    private void ShowNetwork(BenchReport report)
    {
        if (report.NetworkRuns.Count == 0)
            return;
        Title("network: one run of the whole batch; memory: growth of the process from before loading to behind the first run");
        TextTable table = new(Where.Length - 1, [.. Where, "batch", "median", "p95", "min", "pictures/s", "Mpixel/s", "runs", "first run", "memory"]);
        foreach (NetworkReport row in report.NetworkRuns)
        {
            table.Add([.. Place(row.Session, row.Tta), Whole(row.Batch), .. Times(row.Times), HumanText.Rate(row.PicturesPerSecond), HumanText.Rate(row.MegapixelsPerSecond),
                HumanText.Count(row.Times.Runs), Time(row.FirstRunMs), HumanText.Bytes(row.MemoryBytes)]);
        }
        table.Write(output);
    }

    private void ShowPipelines(BenchReport report)
    {
        if (report.Pipelines.Count == 0)
            return;
        Title("pipeline: picture files to PNGs in memory, stages overlapping; by a loop that only runs the network, round by round");
        TextTable table = new(Where.Length - 1, [.. Where, "batch", "pictures/s", "of the network", "pictures"]);
        foreach (PipelineReport row in report.Pipelines)
            table.Add([.. Place(row.Session, row.Tta), Whole(row.Batch), HumanText.Rate(row.PicturesPerSecond), Percent(row.Ratio), HumanText.Count(row.Pictures)]);
        table.Write(output);
    }

    private void ShowStages(BenchReport report)
    {
        if (report.Stages.Count == 0)
            return;
        Title("stages of one picture, each alone; all but the network on one thread");
        TextTable table = new(Where.Length, [.. Where, "stage", "median", "p95", "min", "share", "runs"]);
        foreach (StageReport row in report.Stages)
            table.Add([.. Place(row.Session, row.Tta), row.Stage, .. Times(row.Times), Percent(row.Share), HumanText.Count(row.Times.Runs)]);
        table.Write(output);
    }

    private void Title(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }

    private static string[] Place(SessionKey session, string tta) => [session.Device, Whole(session.Threads), Size(session), tta];

    private static string[] Times(TimesReport times) => [Time(times.MedianMs), Time(times.P95Ms), Time(times.MinMs)];

    private static string Time(double milliseconds) => HumanText.Latency(TimeSpan.FromMilliseconds(milliseconds));

    private static string Size(SessionKey session) => string.Create(CultureInfo.InvariantCulture, $"{session.Height}x{session.Width}");

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
