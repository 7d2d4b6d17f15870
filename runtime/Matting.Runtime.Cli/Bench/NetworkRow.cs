using System.Diagnostics;
using System.Globalization;

namespace Matting.Runtime.Cli.Bench;

/// <summary>The bare network: a run over a batch of pictures, with their mirrors under flip-TTA.</summary>
internal sealed class NetworkRow(BenchSession session, int batch, TestTimeAugmentation tta) : IMeasured
{
    private readonly TimedWork _work = new("", cancellation => session.Run(InputsOf(batch, tta), cancellation));

    public string Label => string.Create(CultureInfo.InvariantCulture, $"network {session.Label} batch {batch} {Words.Of(tta)}");

    public BenchSession Session => session;

    public int Batch => batch;

    public TestTimeAugmentation Tta => tta;

    public int Inputs => InputsOf(batch, tta);

    /// <summary>What the first run at this batch took, which is not among the others; null before it.</summary>
    public TimeSpan? FirstRun { get; private set; }

    /// <summary>What the process had grown by at most after the first run; null before it.</summary>
    public long? Memory { get; private set; }

    public RunStatistics? Statistics => _work.Statistics;

    /// <summary>Pictures a second in the last block.</summary>
    public double LastRate => _work.LastRate * batch;

    /// <summary>The first run, which sets up buffers and kernels.</summary>
    public void WarmUp(CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        session.Run(Inputs, cancellation);
        FirstRun = Stopwatch.GetElapsedTime(started);
        Memory = session.Growth;
    }

    public void Measure(Block block, TimeProvider clock, CancellationToken cancellation) => _work.Measure(block, clock, cancellation);

    private static int InputsOf(int batch, TestTimeAugmentation tta) => tta == TestTimeAugmentation.Flip ? 2 * batch : batch;
}
