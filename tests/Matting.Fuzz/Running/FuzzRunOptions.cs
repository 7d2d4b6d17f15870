namespace Matting.Fuzz.Running;

/// <summary>What a run does.</summary>
internal sealed record FuzzRunOptions
{
    /// <summary>Names of the targets.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    public long Seed { get; init; } = 1;

    /// <summary>Inputs of each target and round; null for as many as the tests have.</summary>
    public long? Inputs { get; init; }

    /// <summary>How long to go on with further inputs; null for one round.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Processor time that one input may take.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Targets side by side.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets the inputs that something was found with.</summary>
    public required string Folder { get; init; }
}
