using Matting.Runtime.Cli.Doctor;

namespace Matting.Runtime.Cli.Bench;

/// <summary>
/// What <c>bench</c> measured. Written as JSON (camel case) this record and those it holds are the schema of <c>bench --json</c>;
/// <see cref="Schema"/> changes when a member is renamed, removed or changes its meaning, not when one is added. Rows that were not
/// measured any more, because the command was interrupted, are absent.
/// </summary>
internal sealed record BenchReport
{
    public string Schema { get; } = "matting.bench/1";

    /// <summary>True when Ctrl-C ended the measurement before all rounds were through.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>The network as the model's card names it; null for a foreign model.</summary>
    public required string? Network { get; init; }

    /// <summary>What it computes in, <c>fp32</c> or <c>fp16</c>, as the card says; null for a foreign model.</summary>
    public required string? Precision { get; init; }

    /// <summary>The normalisation.</summary>
    public required string Profile { get; init; }

    public required MachineReport Machine { get; init; }

    /// <summary>Release of the native ONNX Runtime.</summary>
    public required string OnnxRuntime { get; init; }

    /// <summary>What was measured with.</summary>
    public required string Pictures { get; init; }

    /// <summary>Blocks of every row, one in each round.</summary>
    public int Rounds { get; } = Bench.Rounds.Count;

    /// <summary>Seconds and runs of a row at least, all rounds together.</summary>
    public required double Seconds { get; init; }

    public required int Runs { get; init; }

    /// <summary>The most memory that the process had resident.</summary>
    public required long PeakMemoryBytes { get; init; }

    public required IReadOnlyList<SessionReport> Sessions { get; init; }

    public required IReadOnlyList<NetworkReport> NetworkRuns { get; init; }

    public required IReadOnlyList<StageReport> Stages { get; init; }

    public required IReadOnlyList<PipelineReport> Pipelines { get; init; }
}

/// <summary>Where and at what size the network ran.</summary>
internal readonly record struct SessionKey(string Device, int Threads, int Height, int Width);

/// <summary>The model loaded once.</summary>
/// <param name="Session">Where.</param>
/// <param name="Provider">The execution provider that runs it.</param>
/// <param name="LoadMs">What loading took.</param>
/// <param name="WarmUpMs">What the first run of all took; null before it.</param>
internal sealed record SessionReport(SessionKey Session, string Provider, double LoadMs, double? WarmUpMs);

/// <summary>Times in milliseconds; see <see cref="RunStatistics"/>.</summary>
internal sealed record TimesReport(int Runs, double MedianMs, double P95Ms, double MinMs)
{
    public static TimesReport Of(RunStatistics statistics) => new(
        statistics.Runs, statistics.Median.TotalMilliseconds, statistics.P95.TotalMilliseconds, statistics.Min.TotalMilliseconds);
}

/// <summary>The bare network.</summary>
/// <param name="Session">Where.</param>
/// <param name="Batch">Pictures of a run.</param>
/// <param name="Tta"><c>none</c> or <c>flip</c>: twice the inputs.</param>
/// <param name="Times">Of a whole run.</param>
/// <param name="PicturesPerSecond">The batch by the median.</param>
/// <param name="MegapixelsPerSecond">The same in pixels of the network's size.</param>
/// <param name="FirstRunMs">What the first run at this batch took; not among the others.</param>
/// <param name="MemoryBytes">What the process had grown by at most after that run, since before the model was loaded.</param>
internal sealed record NetworkReport(
    SessionKey Session, int Batch, string Tta, TimesReport Times, double PicturesPerSecond, double MegapixelsPerSecond, double FirstRunMs, long MemoryBytes);

/// <summary>One stage of one picture, alone.</summary>
/// <param name="Session">Where.</param>
/// <param name="Tta"><c>none</c> or <c>flip</c>.</param>
/// <param name="Stage">Its name.</param>
/// <param name="Times">Of one picture.</param>
/// <param name="Share">Of the sum of all stages' medians, 0..1.</param>
internal sealed record StageReport(SessionKey Session, string Tta, string Stage, TimesReport Times, double Share);

/// <summary>Files to encoded results, all stages overlapping.</summary>
/// <param name="Session">Where.</param>
/// <param name="Batch">Pictures of a run.</param>
/// <param name="Tta"><c>none</c> or <c>flip</c>.</param>
/// <param name="Pictures">Pictures that were measured.</param>
/// <param name="PicturesPerSecond">The median of the rounds.</param>
/// <param name="Ratio">That by the rate of a loop that only runs the network, measured just before in the same round: the median of the rounds.</param>
internal sealed record PipelineReport(SessionKey Session, int Batch, string Tta, int Pictures, double PicturesPerSecond, double Ratio);
