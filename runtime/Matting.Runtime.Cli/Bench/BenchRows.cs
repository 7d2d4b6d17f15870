namespace Matting.Runtime.Cli.Bench;

/// <summary>Turns what was measured into rows of the report; what was not measured gives none.</summary>
internal static class BenchRows
{
    private const string NetworkStage = "network";

    public static SessionReport Of(BenchSession session) => new(
        Key(session), session.Model.Provider, session.Model.LoadTime.TotalMilliseconds, session.Model.FirstRunTime?.TotalMilliseconds);

    public static IEnumerable<NetworkReport> Of(NetworkRow row)
    {
        if (row.Statistics is not { } statistics || row.FirstRun is not { } first || row.Memory is not { } memory)
            yield break;
        double pictures = row.Batch / statistics.Median.TotalSeconds;
        yield return new NetworkReport(
            Key(row.Session), row.Batch, Words.Of(row.Tta), TimesReport.Of(statistics), pictures, pictures * row.Session.Size.Pixels / 1e6, first.TotalMilliseconds, memory);
    }

    public static IEnumerable<StageReport> Of(StageRows stages)
    {
        (string Name, RunStatistics? Statistics)[] measured =
        [
            .. stages.Before.Select(work => (work.Label, work.Statistics)),
            (NetworkStage, PerPicture(stages.Network)),
            .. stages.After.Select(work => (work.Label, work.Statistics)),
        ];
        double sum = measured.Sum(stage => stage.Statistics?.Median.TotalSeconds ?? 0);
        // a share of stages of which some are missing would mislead
        if (measured.Any(stage => stage.Statistics is null))
            return [];
        return measured.Select(stage => new StageReport(
            Key(stages.Network.Session), Words.Of(stages.Network.Tta), stage.Name, TimesReport.Of(stage.Statistics!.Value), stage.Statistics.Value.Median.TotalSeconds / sum));
    }

    public static IEnumerable<PipelineReport> Of(PipelineRow row)
    {
        if (row is { Rate: { } rate, Ratio: { } ratio })
            yield return new PipelineReport(Key(row.Bare.Session), row.Bare.Batch, Words.Of(row.Bare.Tta), row.Pictures, rate, ratio);
    }

    private static SessionKey Key(BenchSession session) => new(session.Model.Device, session.Model.Threads, session.Size.Height, session.Size.Width);

    private static RunStatistics? PerPicture(NetworkRow row) => row.Statistics is { } run
        ? new RunStatistics(run.Runs, run.Median / row.Batch, run.P95 / row.Batch, run.Min / row.Batch)
        : null;
}
