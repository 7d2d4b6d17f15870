using Matting.Runtime.Cli.Bench;
using Matting.Testing;

namespace Matting.Runtime.Tests.Bench;

public sealed class RoundsTests
{
    private readonly HandClock _clock = new();
    private readonly List<string> _order = [];

    [Fact]
    public void Every_row_has_a_block_in_every_round()
    {
        List<string> done = [];
        Rounds.Measure([Row("a", seconds: 1, runs: 1), Row("b", seconds: 0, runs: 2)], _clock, row => done.Add(row.Label), TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b", "b", "a", "b", "b", "a", "b", "b"], _order);
        Assert.Equal(["a", "b", "a", "b", "a", "b"], done);
    }

    [Theory]
    [InlineData(6, 6, 2, 2)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(9, 7, 3, 3)]
    public void The_blocks_of_all_rounds_have_at_least_the_time_and_the_runs(int seconds, int runs, int secondsOfBlock, int runsOfBlock) =>
        Assert.Equal(new Block(TimeSpan.FromSeconds(secondsOfBlock, 0), runsOfBlock), Rounds.BlockOf(TimeSpan.FromSeconds(seconds, 0), runs));

    [Fact]
    public void An_interruption_ends_the_rounds_and_leaves_what_was_measured()
    {
        using CancellationTokenSource source = new();
        TimedWork first = new("first", _ => _clock.Pass(TimeSpan.FromSeconds(1, 0)));
        int runs = 0;
        TimedWork second = new("second", cancellation =>
        {
            if (++runs == 2)
                source.Cancel();
            cancellation.ThrowIfCancellationRequested();
            _clock.Pass(TimeSpan.FromSeconds(2, 0));
        });
        Block once = new(TimeSpan.Zero, 1);
        Assert.Throws<OperationCanceledException>(() => Rounds.Measure([(first, once), (second, once)], _clock, _ => { }, source.Token));
        Assert.Equal((2, 1), (first.Statistics!.Value.Runs, second.Statistics!.Value.Runs));
    }

    private (IMeasured Row, Block Block) Row(string label, int seconds, int runs) => (new TimedWork(label, _ =>
    {
        _order.Add(label);
        _clock.Pass(TimeSpan.FromSeconds(1, 0));
    }), new Block(TimeSpan.FromSeconds(seconds, 0), runs));
}
