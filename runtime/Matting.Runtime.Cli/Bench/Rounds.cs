namespace Matting.Runtime.Cli.Bench;

/// <summary>
/// Measures rows in rounds: a block of each row, then a block of each row again. A machine that grows slower (heat, neighbours) so slows all rows
/// by the same amount, and comparisons between them hold.
/// </summary>
internal static class Rounds
{
    /// <summary>How often every row has its turn.</summary>
    public const int Count = 3;

    /// <summary>The block that each row has in each round.</summary>
    /// <param name="time">What a row takes at least, all rounds together.</param>
    /// <param name="runs">Runs of a row at least, all rounds together.</param>
    public static Block BlockOf(TimeSpan time, int runs) => new(time / Count, (runs + Count - 1) / Count);

    /// <summary>Measures all rows.</summary>
    /// <param name="rows">Each with what it is allowed.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="done">Told of each block that ended.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the rows keep what they have.</exception>
    public static void Measure(IReadOnlyList<(IMeasured Row, Block Block)> rows, TimeProvider clock, Action<IMeasured> done, CancellationToken cancellation)
    {
        for (int round = 0; round < Count; round++)
        {
            foreach ((IMeasured row, Block block) in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                row.Measure(block, clock, cancellation);
                done(row);
            }
        }
    }
}
