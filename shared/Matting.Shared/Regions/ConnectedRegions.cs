using System.Numerics;
using System.Numerics.Tensors;

namespace Matting.Shared.Regions;

/// <summary>
/// The connected regions of the pixels above a threshold, found in one pass: each row is cut into runs, each run is joined with
/// the ones it touches in the row above, in a union-find forest whose roots are the first runs of their regions in raster
/// order. No recursion, so no shape is too winding. Memory is kept from call to call, 20 bytes for each run. Not for
/// several threads at once.
/// </summary>
internal sealed class ConnectedRegions
{
    private PixelRun[] _runs = new PixelRun[1024];
    private int _count;

    /// <summary>The runs of the plane last looked at, in raster order.</summary>
    public ReadOnlySpan<PixelRun> Runs => _runs.AsSpan(0, _count);

    /// <summary>Finds the regions of a plane.</summary>
    /// <param name="plane">Rows of equal width one after the other.</param>
    /// <param name="width">Width of a row, at least 1.</param>
    /// <param name="threshold">Pixels above it belong to regions; NaN never does.</param>
    /// <param name="neighbourhood">Which pixels touch.</param>
    /// <param name="withPeaks">True also finds each region's largest value.</param>
    public void Find(ReadOnlySpan<float> plane, int width, float threshold, Neighbourhood neighbourhood, bool withPeaks)
    {
        _count = 0;
        int rowAbove = 0;
        int reach = neighbourhood == Neighbourhood.Eight ? 1 : 0;
        for (int row = 0; row < plane.Length; row += width)
        {
            int first = _count;
            CutIntoRuns(plane.Slice(row, width), row, threshold);
            for (int run = first; withPeaks && run < _count; run++)
                _runs[run].Peak = TensorPrimitives.Max(plane[_runs[run].Start.._runs[run].End]);
            JoinRows(rowAbove, first, width, reach);
            rowAbove = first;
        }
    }

    /// <summary>The first run of the region that a run belongs to; its area and peak are those of the region.</summary>
    public int RootOf(int run)
    {
        PixelRun[] runs = _runs;
        while (runs[run].Parent != run)
        {
            // halving the path on the way keeps all later walks short
            int grandparent = runs[runs[run].Parent].Parent;
            runs[run].Parent = grandparent;
            run = grandparent;
        }
        return run;
    }

    /// <summary>The first run of the region with the most pixels, of equals the first one in raster order; -1 when there is none.</summary>
    public int Largest()
    {
        int largest = -1;
        for (int run = 0; run < _count; run++)
        {
            if (_runs[run].Parent == run && (largest < 0 || _runs[run].Area > _runs[largest].Area))
                largest = run;
        }
        return largest;
    }

    private void CutIntoRuns(ReadOnlySpan<float> row, int offset, float threshold)
    {
        int open = -1;
        ulong before = 0;
        for (int x = 0; x < row.Length; x += ThresholdBits.Length)
        {
            ulong bits = ThresholdBits.Above(row.Slice(x, Math.Min(ThresholdBits.Length, row.Length - x)), threshold);
            // a set bit wherever a pixel differs from its left neighbour: begins and ends of runs in turn
            ulong changes = bits ^ ((bits << 1) | before);
            before = bits >> (ThresholdBits.Length - 1);
            for (; changes != 0; changes &= changes - 1)
            {
                int at = offset + x + BitOperations.TrailingZeroCount(changes);
                if (open >= 0)
                    Add(open, at);
                open = open >= 0 ? -1 : at;
            }
        }
        if (open >= 0)
            Add(open, offset + row.Length);
    }

    private void Add(int start, int end)
    {
        if (_count == _runs.Length)
            Array.Resize(ref _runs, _runs.Length * 2);
        _runs[_count] = new PixelRun { Start = start, End = end, Parent = _count, Area = end - start };
        _count++;
    }

    private void JoinRows(int above, int first, int width, int reach)
    {
        for (int run = first; run < _count; run++)
        {
            int start = _runs[run].Start - width - reach, end = _runs[run].End - width + reach;
            while (above < first && _runs[above].End <= start)
                above++;
            for (int other = above; other < first && _runs[other].Start < end; other++)
                Join(other, run);
        }
    }

    private void Join(int a, int b)
    {
        (a, b) = (RootOf(a), RootOf(b));
        if (a == b)
            return;
        (int root, int child) = a < b ? (a, b) : (b, a);
        _runs[child].Parent = root;
        _runs[root].Area += _runs[child].Area;
        _runs[root].Peak = Math.Max(_runs[root].Peak, _runs[child].Peak);
    }
}
