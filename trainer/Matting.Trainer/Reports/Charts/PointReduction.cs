namespace Matting.Trainer.Reports.Charts;

/// <summary>Makes a few points of many: more than pixels only make a file large and a curve black.</summary>
internal static class PointReduction
{
    /// <summary>Groups neighbours; each group becomes its mean with its range.</summary>
    /// <param name="points">Ascending in X.</param>
    /// <param name="most">How many may be left.</param>
    public static IReadOnlyList<ChartPoint> Reduce(IReadOnlyList<ChartPoint> points, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (points.Count <= most)
            return points;
        ChartPoint[] reduced = new ChartPoint[most];
        for (int group = 0; group < most; group++)
        {
            int from = (int)((long)points.Count * group / most), to = (int)((long)points.Count * (group + 1) / most);
            double sum = 0, low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (int i = from; i < to; i++)
            {
                sum += points[i].Y;
                low = Math.Min(low, points[i].Low);
                high = Math.Max(high, points[i].High);
            }
            // the last number of a group: a curve then ends where its numbers end
            reduced[group] = new ChartPoint(points[to - 1].X, sum / (to - from), low, high);
        }
        return reduced;
    }
}
