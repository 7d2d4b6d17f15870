using System.Numerics.Tensors;
using Matting.Shared.Numerics;
using Matting.Shared.Regions;

namespace Matting.Shared.Postprocessing;

/// <summary>
/// Keeps the few strongest regions of an alpha and clears the rest: pixels above the support threshold form regions, these are ranked
/// by (highest alpha, number of pixels) downwards, ties in raster order of the first pixel; of the first few those stay whose
/// peak or share of the picture is large enough; what stays is dilated by a square, and alphas outside of it become 0.
/// </summary>
public sealed class ComponentPostprocess : IAlphaPostprocess
{
    private readonly ComponentOptions _options;
    private readonly ConnectedRegions _regions = new();
    private readonly List<int> _kept = [];
    private byte[] _window = [];
    private byte[] _counts = [];

    /// <summary>Prepares the post-process.</summary>
    /// <param name="options">Its numbers; null: the defaults.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public ComponentPostprocess(ComponentOptions? options = null)
    {
        _options = options ?? ComponentOptions.Default;
        _options.Check();
    }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> alpha, int width, int height, Span<float> result)
    {
        PlaneGuard.Check(alpha.Length, width, height);
        PlaneGuard.Check(result.Length, width, height);
        FindKept(alpha, width);
        if (_kept.Count == 0)
            result.Clear();
        else
            KeepDilated(alpha, width, height, result);
    }

    /// <summary>What is kept, before its dilation.</summary>
    /// <param name="alpha">[height, width] values, nominally 0..1; NaN counts as 0.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="support">Receives 1 for each pixel of a kept region and 0 elsewhere, as many as there are alphas.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">A length is not width * height.</exception>
    public void FindSupport(ReadOnlySpan<float> alpha, int width, int height, Span<byte> support)
    {
        PlaneGuard.Check(alpha.Length, width, height);
        PlaneGuard.Check(support.Length, width, height);
        FindKept(alpha, width);
        support.Clear();
        for (int run = 0; run < _regions.Runs.Length; run++)
        {
            if (IsKept(run))
                support[_regions.Runs[run].Start.._regions.Runs[run].End].Fill(1);
        }
    }

    private void FindKept(ReadOnlySpan<float> alpha, int width)
    {
        _regions.Find(alpha, width, (float)_options.Support, _options.Connectivity, withPeaks: true);
        RegionRanking.Strongest(_regions.Runs, _options.Keep, _kept);
        double pixels = alpha.Length;
        // the peak is widened to double for the comparison, and not the threshold narrowed, as the golden data has it
        _kept.RemoveAll(root => !(_regions.Runs[root].Peak > _options.Peak || _regions.Runs[root].Area / pixels > _options.AreaShare));
    }

    private bool IsKept(int run) => _kept.Contains(_regions.RootOf(run));

    // The square as two passes: runs grow sideways as they are painted into a window of rows; a column of the window is then
    // covered where the count of its painted pixels, kept up to date as rows enter and leave, is not 0.
    private void KeepDilated(ReadOnlySpan<float> alpha, int width, int height, Span<float> result)
    {
        int side = _options.Dilation, radius = side / 2;
        Span<byte> window = Cleared(ref _window, side * width), counts = Cleared(ref _counts, width);
        int next = 0;
        for (int y = -radius; y < height; y++)
        {
            // the row that enters takes the place of the one that leaves, which is as far away as the square is high
            int entering = y + radius;
            Span<byte> place = window.Slice(entering % side * width, width);
            TensorPrimitives.Subtract(counts, place, counts);
            place.Clear();
            next = PaintRow(entering * width, next, radius, place);
            TensorPrimitives.Add(counts, place, counts);
            if (y >= 0)
                MaskKernels.KeepCovered(alpha.Slice(y * width, width), counts, result.Slice(y * width, width));
        }
    }

    private int PaintRow(int row, int next, int radius, Span<byte> place)
    {
        ReadOnlySpan<PixelRun> runs = _regions.Runs;
        for (; next < runs.Length && runs[next].Start < row + place.Length; next++)
        {
            if (IsKept(next))
                place[Math.Max(0, runs[next].Start - row - radius)..Math.Min(place.Length, runs[next].End - row + radius)].Fill(1);
        }
        return next;
    }

    private static Span<byte> Cleared(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new byte[length];
        buffer.AsSpan(0, length).Clear();
        return buffer.AsSpan(0, length);
    }
}
