using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Matting.Benchmarks;

/// <summary>Pictures a second, for benchmarks that say by a parameter how many pictures an operation takes.</summary>
internal sealed class ThroughputColumn : IColumn
{
    private const string Unknown = "-";
    private static readonly string[] Counts = [nameof(SessionRunBenchmarks.Batch), nameof(PipelineBenchmarks.Pictures)];

    public string Id => nameof(ThroughputColumn);

    public string ColumnName => "Pictures/s";

    public string Legend => "Pictures of an operation by its mean time";

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => PicturesOf(benchmark) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        PicturesOf(benchmarkCase) is { } pictures && summary[benchmarkCase]?.ResultStatistics is { Mean: var nanoseconds }
            ? (pictures / (nanoseconds / 1e9)).ToString("0.00", CultureInfo.InvariantCulture)
            : Unknown;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    private static int? PicturesOf(BenchmarkCase benchmark) =>
        benchmark.Parameters.Items.FirstOrDefault(parameter => Counts.Contains(parameter.Name)) is { Value: int pictures } ? pictures : null;
}
