using Matting.Shared.Numerics;

namespace Matting.Trainer.Preparation;

/// <summary>Divides cut-outs into those to train on and those to validate with.</summary>
/// <param name="Training">In shuffled order, so that any number from the top is a fair sample.</param>
/// <param name="Validation">Likewise.</param>
internal sealed record PreparedSplit(IReadOnlyList<Cutout> Training, IReadOnlyList<Cutout> Validation)
{
    // beside the sequences of the backgrounds, whose numbers begin at 0
    private const long ShuffleSequence = -1;

    /// <summary>
    /// Shuffles by a number that seed and name give each cut-out, and takes the share from the top. The order of the list does not
    /// matter, and a cut-out that is added moves few others.
    /// </summary>
    /// <param name="cutouts">All of them.</param>
    /// <param name="seed">The seed of the preparation.</param>
    /// <param name="share">Share for validation, above 0 and below 1; at least one of two or more, never all.</param>
    public static PreparedSplit Of(IReadOnlyCollection<Cutout> cutouts, long seed, double share)
    {
        Cutout[] shuffled =
        [
            .. cutouts
                .OrderBy(cutout => new SeededRandom(seed, (long)StableHash.Fnv1a(cutout.Identity), ShuffleSequence).NextUInt64())
                .ThenBy(cutout => cutout.Identity, StringComparer.Ordinal),
        ];
        int wanted = (int)Math.Round(shuffled.Length * share, MidpointRounding.AwayFromZero);
        int validation = shuffled.Length < 2 ? 0 : Math.Clamp(wanted, 1, shuffled.Length - 1);
        return new PreparedSplit(shuffled[validation..], shuffled[..validation]);
    }
}
