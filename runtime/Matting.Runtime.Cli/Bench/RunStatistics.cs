namespace Matting.Runtime.Cli.Bench;

/// <summary>What many runs took. Robust: one run that something else delayed moves neither the median nor the minimum.</summary>
/// <param name="Runs">How many.</param>
/// <param name="Median">Half of the runs were faster; of an even number of runs the mean of the two in the middle.</param>
/// <param name="P95">The 95th percentile by nearest rank: at least 95 % of the runs were not slower. Of fewer than 20 runs it is the slowest.</param>
/// <param name="Min">The fastest.</param>
internal readonly record struct RunStatistics(int Runs, TimeSpan Median, TimeSpan P95, TimeSpan Min)
{
    /// <exception cref="ArgumentException">There are no runs.</exception>
    public static RunStatistics Of(IReadOnlyCollection<TimeSpan> runs)
    {
        if (runs.Count == 0)
            throw new ArgumentException("no run, no statistics", nameof(runs));
        TimeSpan[] sorted = [.. runs.Order()];
        int count = sorted.Length;
        return new RunStatistics(count, (sorted[(count - 1) / 2] + sorted[count / 2]) / 2, sorted[((95 * count) + 99) / 100 - 1], sorted[0]);
    }
}
