using Matting.Shared.Regions;

namespace Matting.Shared.Postprocessing;

/// <summary>Ranks regions by (peak, area) downwards; ties keep the order of their first pixels.</summary>
internal static class RegionRanking
{
    /// <summary>The highest-ranked regions.</summary>
    /// <param name="runs">The runs of a plane, with peaks.</param>
    /// <param name="count">How many regions are wanted, at least 1.</param>
    /// <param name="roots">Receives the regions' first runs, the strongest first; what it held is removed.</param>
    public static void Strongest(ReadOnlySpan<PixelRun> runs, int count, List<int> roots)
    {
        roots.Clear();
        for (int run = 0; run < runs.Length; run++)
        {
            if (runs[run].Parent != run || (roots.Count == count && !Outranks(runs[run], runs[roots[^1]])))
                continue;
            // runs come in raster order, so an equal region that is there already stays in front
            int place = roots.Count;
            while (place > 0 && Outranks(runs[run], runs[roots[place - 1]]))
                place--;
            if (roots.Count == count)
                roots.RemoveAt(count - 1);
            roots.Insert(place, run);
        }
    }

    private static bool Outranks(in PixelRun a, in PixelRun b) => a.Peak > b.Peak || (a.Peak == b.Peak && a.Area > b.Area);
}
