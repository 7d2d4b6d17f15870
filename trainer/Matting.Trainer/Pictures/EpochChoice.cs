using System.Globalization;

namespace Matting.Trainer.Pictures;

/// <summary>Which epochs something is done at: <c>none</c>, <c>first</c>, <c>best</c>, <c>all</c> or <c>every N</c>.</summary>
public sealed class EpochChoice
{
    private const string EveryWord = "every ";

    // 0: never, 1: all
    private readonly int _every;
    private readonly bool _first;

    private EpochChoice(bool first, bool best, int every) => (_first, Best, _every) = (first, best, every);

    /// <summary>True when epochs count whose weights became a best checkpoint.</summary>
    public bool Best { get; }

    /// <summary>Reads a choice.</summary>
    /// <param name="text">
    /// <c>none</c>; <c>first</c>: the first epoch; <c>best</c>: each epoch whose weights became a best checkpoint, as the first one's do;
    /// <c>all</c>; <c>every N</c>: the first epoch and each whose number N divides.
    /// </param>
    /// <returns>Null when it is none of these.</returns>
    public static EpochChoice? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "none" => new EpochChoice(first: false, best: false, every: 0),
            "first" => new EpochChoice(first: true, best: false, every: 0),
            "best" => new EpochChoice(first: false, best: true, every: 0),
            "all" => new EpochChoice(first: true, best: false, every: 1),
            _ => Number(text) is int every ? new EpochChoice(first: true, best: false, every) : null,
        };
    }

    /// <summary>True when the epoch may be chosen, as far as one can tell before it is judged.</summary>
    public bool MayTake(int epoch) => Best || Takes(epoch, savedBest: false);

    /// <summary>True when the epoch is chosen.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="savedBest">True when its weights became a best checkpoint.</param>
    public bool Takes(int epoch, bool savedBest) =>
        (_first && epoch == 1) || (Best && savedBest) || (_every > 0 && epoch % _every == 0);

    private static int? Number(string text) =>
        text.StartsWith(EveryWord, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(EveryWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1
            ? number : null;
}
