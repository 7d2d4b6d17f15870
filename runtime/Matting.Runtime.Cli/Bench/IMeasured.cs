namespace Matting.Runtime.Cli.Bench;

/// <summary>One row of the tables: something that is measured a block at a time.</summary>
internal interface IMeasured
{
    /// <summary>What it is, for the progress line.</summary>
    string Label { get; }

    /// <summary>Measures a block.</summary>
    /// <param name="block">How long and how often at least.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="cancellation">Ends the block; what of it was measured counts.</param>
    void Measure(Block block, TimeProvider clock, CancellationToken cancellation);
}

/// <summary>How long a block goes on: until both limits are reached.</summary>
/// <param name="Time">At least this long.</param>
/// <param name="Runs">At least this many runs.</param>
internal readonly record struct Block(TimeSpan Time, int Runs);
