namespace Matting.Fuzz.Running;

/// <summary>An input that was not dealt with as it should.</summary>
/// <param name="Target">The target.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Index">The input's index.</param>
/// <param name="Kind">exception, wrong, memory, crash or hang.</param>
/// <param name="Detail">What happened, in one line.</param>
internal sealed record FuzzFinding(string Target, long Seed, long Index, string Kind, string Detail)
{
    /// <summary>The command line that tries this one input again.</summary>
    public string Replay => $"--target {Target} --seed {Seed} --index {Index}";

    public override string ToString() => $"{Kind}: {Detail} ({Replay})";
}
