using Matting.Trainer.Pictures;

namespace Matting.Trainer.Evaluation;

/// <summary>Keeps the pictures that the network does worst and best on; no others stay in memory.</summary>
internal sealed class ShownPictures(int worst, int best)
{
    // the highest in rank first
    private readonly List<MeasuredPicture> _worst = [];
    private readonly List<MeasuredPicture> _best = [];

    /// <summary>Looks at a picture; failed ones do not matter.</summary>
    public void Offer(MeasuredPicture picture)
    {
        if (picture.Score.Failure is not null)
            return;
        Insert(_worst, picture, worst, MseOf);
        // where there are few pictures some of the best are among the worst, and the next ones take their places
        Insert(_best, picture, best > 0 ? best + worst : 0, other => -MseOf(other));
    }

    /// <summary>The worst first, then the best; none twice.</summary>
    public IReadOnlyList<SheetExample> Examples()
    {
        IEnumerable<MeasuredPicture> others = _best.Where(picture => !_worst.Contains(picture)).Take(best);
        return [.. _worst.Select((picture, i) => Example("worst", i, picture)), .. others.Select((picture, i) => Example("best", i, picture))];
    }

    private static void Insert(List<MeasuredPicture> list, MeasuredPicture picture, int room, Func<MeasuredPicture, double> rank)
    {
        int place = list.Count;
        while (place > 0 && rank(picture) > rank(list[place - 1]))
            place--;
        if (place >= room)
            return;
        list.Insert(place, picture);
        if (list.Count > room)
            list.RemoveAt(room);
    }

    private static double MseOf(MeasuredPicture picture) => picture.Score.Errors[0].Mse;

    private static SheetExample Example(string kind, int index, MeasuredPicture picture) =>
        new($"{kind} {index + 1}: {Path.GetFileName(picture.Score.Sample.ImagePath)}", picture.Picture.Image!, picture.Picture.Truth!, picture.Alpha!)
        {
            KnownMse = MseOf(picture),
        };
}
