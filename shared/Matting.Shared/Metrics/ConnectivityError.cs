using System.Numerics.Tensors;
using Matting.Shared.Numerics;
using Matting.Shared.Regions;

namespace Matting.Shared.Metrics;

/// <summary>
/// The connectivity error of Rhemann et al. (CVPR 2009): the sum over the pixels of <c>|phi(p) - phi(t)|^p</c>, p = 1. With l the highest
/// level at which a pixel is still connected to the source region, <c>phi(x) = 1 - d * [d >= 0.15]</c>, d = x - l. As in the evaluation code
/// of Xu et al. the levels are 0.1, 0.2, ... 1, the source region of a level is the largest four-connected region
/// where both alphas reach it (of equals the first in raster order), and a pixel's level ends where it first is outside of
/// it. Keeps memory from call to call; not for several threads at once.
/// </summary>
public sealed class ConnectivityError
{
    private const int Levels = 10;

    private readonly ConnectedRegions _regions = new();
    private float[] _common = [];
    private float[] _levels = [];

    /// <summary>Measures one picture.</summary>
    /// <param name="prediction">Predicted alpha, [height, width], 0..1.</param>
    /// <param name="truth">True alpha of the same size.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <returns>The sum, not in thousands.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">A length is not width * height.</exception>
    public double Of(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, int width, int height)
    {
        PlaneGuard.Check(prediction.Length, width, height);
        PlaneGuard.Check(truth.Length, width, height);
        if (_common.Length < prediction.Length)
            (_common, _levels) = (new float[prediction.Length], new float[prediction.Length]);
        Span<float> common = _common.AsSpan(0, prediction.Length), levels = _levels.AsSpan(0, prediction.Length);
        // both alphas reach a level where the smaller one does
        TensorPrimitives.Min(prediction, truth, common);
        FindLevels(common, width, levels);
        double sum = 0;
        for (int row = 0; row < levels.Length; row += width)
            sum += ConnectivityKernels.SumOfDifferences(prediction.Slice(row, width), truth.Slice(row, width), levels.Slice(row, width));
        return sum;
    }

    // The pixels of a level lie within those of the level below, so its largest region lies within one region of that. As long as
    // this is the source region, the new one is painted over it; from there on nothing stays connected, and so on all higher levels.
    private void FindLevels(ReadOnlySpan<float> common, int width, Span<float> levels)
    {
        levels.Clear();
        for (int step = 1; step <= Levels; step++)
        {
            float level = (float)((double)step / Levels), below = (float)((step - 1.0) / Levels);
            // the next number down: "above" then means "at least"
            _regions.Find(common, width, MathF.BitDecrement(level), Neighbourhood.Four, withPeaks: false);
            int source = _regions.Largest();
            if (source < 0 || levels[_regions.Runs[source].Start] != below)
                return;
            for (int run = source; run < _regions.Runs.Length; run++)
            {
                if (_regions.RootOf(run) == source)
                    levels[_regions.Runs[run].Start.._regions.Runs[run].End].Fill(level);
            }
        }
    }
}
