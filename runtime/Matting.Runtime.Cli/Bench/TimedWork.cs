namespace Matting.Runtime.Cli.Bench;

/// <summary>Work that is done again and again, each time measured.</summary>
internal sealed class TimedWork(string label, Action<CancellationToken> work) : IMeasured
{
    private readonly List<TimeSpan> _runs = [];

    public string Label => label;

    /// <summary>What the runs took; null before the first.</summary>
    public RunStatistics? Statistics => _runs.Count == 0 ? null : RunStatistics.Of(_runs);

    /// <summary>Runs a second in the last block that ended, first to last run, nothing between them.</summary>
    public double LastRate { get; private set; }

    public void Measure(Block block, TimeProvider clock, CancellationToken cancellation)
    {
        long started = clock.GetTimestamp();
        int runs = 0;
        TimeSpan elapsed;
        do
        {
            long begun = clock.GetTimestamp();
            work(cancellation);
            _runs.Add(clock.GetElapsedTime(begun));
            runs++;
            elapsed = clock.GetElapsedTime(started);
        }
        while (runs < block.Runs || elapsed < block.Time);
        LastRate = runs / elapsed.TotalSeconds;
    }
}
