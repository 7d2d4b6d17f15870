using Matting.Shared.Regions;

namespace Matting.Shared.Tests.Regions;

/// <summary>Regions the obvious way: from each pixel that has none yet, spread to its neighbours. The twin of <see cref="ConnectedRegions"/>.</summary>
internal sealed class FloodFill
{
    private readonly List<(int First, int Area, float Peak)> _regions = [];

    public FloodFill(ReadOnlySpan<float> plane, int width, float threshold, Neighbourhood neighbourhood)
    {
        Labels = new int[plane.Length];
        Array.Fill(Labels, -1);
        Stack<int> open = [];
        for (int first = 0; first < plane.Length; first++)
        {
            if (!(plane[first] > threshold) || Labels[first] >= 0)
                continue;
            (int area, float peak) = (0, float.MinValue);
            Labels[first] = _regions.Count;
            open.Push(first);
            while (open.TryPop(out int at))
            {
                area++;
                peak = Math.Max(peak, plane[at]);
                for (int dy = -1; dy <= 1; dy++)
                {
                    for (int dx = -1; dx <= 1; dx++)
                    {
                        (int x, int y) = ((at % width) + dx, (at / width) + dy);
                        bool touches = neighbourhood == Neighbourhood.Eight || dx == 0 || dy == 0;
                        if (!touches || x < 0 || x >= width || y < 0 || y >= plane.Length / width)
                            continue;
                        int next = (y * width) + x;
                        if (!(plane[next] > threshold) || Labels[next] >= 0)
                            continue;
                        Labels[next] = _regions.Count;
                        open.Push(next);
                    }
                }
            }
            _regions.Add((first, area, peak));
        }
    }

    /// <summary>The number of each pixel's region, in raster order of their first pixels; -1 for none.</summary>
    public int[] Labels { get; }

    public IReadOnlyList<(int First, int Area, float Peak)> Regions => _regions;
}
