using Matting.Fuzz.Targets;
using Matting.Shared.Numerics;

namespace Matting.Fuzz.Running;

/// <summary>Some inputs of one target. Every input follows from target, seed and index alone, so that any of them can be made again.</summary>
/// <param name="Target">One of <see cref="FuzzTargets"/>.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="From">Index of the first input.</param>
/// <param name="Count">How many.</param>
internal sealed record FuzzPart(string Target, long Seed, long From, long Count)
{
    /// <summary>The input of an index.</summary>
    public static byte[] Input(FuzzTarget target, long seed, long index) =>
        target.Input(new SeededRandom(seed, (long)StableHash.Fnv1a(target.Name), index));
}
