using Matting.Runtime.Cli.Bench;
using Matting.Testing;

namespace Matting.Runtime.Tests.Bench;

public sealed class RunStatisticsTests
{
    [Theory]
    [InlineData(new[] { 7 }, 7.0, 7, 7)]
    [InlineData(new[] { 9, 1 }, 5.0, 9, 1)]
    [InlineData(new[] { 5, 1, 900 }, 5.0, 900, 1)]
    [InlineData(new[] { 4, 3, 2, 1000 }, 3.5, 1000, 2)]
    public void The_median_lies_in_the_middle_and_few_runs_have_their_slowest_as_p95(int[] milliseconds, double median, int p95, int min)
    {
        RunStatistics statistics = RunStatistics.Of([.. milliseconds.Select(Milliseconds)]);
        Assert.Equal(new RunStatistics(milliseconds.Length, TimeSpan.FromMilliseconds(median), Milliseconds(p95), Milliseconds(min)), statistics);
    }

    [Theory]
    [InlineData(19, 19)]
    [InlineData(20, 19)]
    [InlineData(21, 20)]
    [InlineData(100, 95)]
    [InlineData(101, 96)]
    public void P95_is_the_nearest_rank(int runs, int rank) =>
        Assert.Equal(Milliseconds(rank), RunStatistics.Of([.. Enumerable.Range(1, runs).Reverse().Select(Milliseconds)]).P95);

    [Fact]
    public void No_run_has_no_statistics() => Assert.Throws<ArgumentException>(() => RunStatistics.Of([]));

    [Fact]
    public void Work_is_repeated_until_the_block_is_full_and_each_run_measured()
    {
        HandClock clock = new();
        int next = 0;
        TimedWork work = new("work", _ => clock.Pass(Milliseconds(++next)));
        work.Measure(new Block(Milliseconds(10), Runs: 2), clock, TestContext.Current.CancellationToken);
        // 1 + 2 + 3 + 4 reach the ten milliseconds
        Assert.Equal(new RunStatistics(4, Milliseconds(2.5), Milliseconds(4), Milliseconds(1)), work.Statistics);
        Assert.Equal(400, work.LastRate, 9);
        work.Measure(new Block(Milliseconds(1), Runs: 3), clock, TestContext.Current.CancellationToken);
        Assert.Equal(new RunStatistics(7, Milliseconds(4), Milliseconds(7), Milliseconds(1)), work.Statistics);
        Assert.Equal(3000 / 18.0, work.LastRate, 9);
    }

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds, 0);

    private static TimeSpan Milliseconds(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
