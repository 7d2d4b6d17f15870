using Matting.Trainer.Losses;

namespace Matting.Trainer.Tests.Losses;

/// <summary>The loss alpha-composite of one output, pixel by pixel in double: what the tensors must come to.</summary>
internal static class CompositeTwin
{
    /// <summary>The loss of a batch of square pictures.</summary>
    /// <param name="p">Predictions, sample after sample.</param>
    /// <param name="g">True alphas.</param>
    /// <param name="samples">Pictures in the batch.</param>
    /// <param name="side">Their width and height.</param>
    /// <param name="options">Weights and thresholds.</param>
    public static double Of(double[] p, float[] g, int samples, int side, AlphaCompositeOptions options)
    {
        int area = side * side;
        double square = 0, inner = 0, edge = 0, charbonnier = 0, background = 0, backgroundPixels = 0;
        for (int n = 0; n < samples; n++)
        {
            double[] truth = [.. g.Skip(n * area).Take(area)], prediction = [.. p.Skip(n * area).Take(area)];
            bool[] obj = [.. truth.Select(value => (float)value > (float)options.ObjectThreshold)];
            double weighted = 0;
            for (int i = 0; i < area; i++)
            {
                double d = prediction[i] - truth[i], slope = Slope(truth, side, i);
                square += d * d * (1 + (Thin(obj, side, i, options.ThinSize) ? options.ThinWeight : 0));
                weighted += obj[i] ? d * d * (1 + options.SlopeBoost * slope) : 0;
                edge += Math.Abs(Slope(prediction, side, i) - slope);
                charbonnier += Math.Sqrt(d * d + options.CharbonnierEps * options.CharbonnierEps);
                if ((float)truth[i] > (float)options.BackgroundThreshold)
                    continue;
                double haze = Math.Max(0, prediction[i] - options.HazeThreshold);
                background += prediction[i] * prediction[i] + options.HazeBoost * haze * haze;
                backgroundPixels++;
            }
            inner += weighted / (obj.Count(inside => inside) + 1e-6);
        }
        return (square + options.EdgeWeight * edge + options.CharbonnierWeight * charbonnier) / (samples * area)
            + options.ObjectWeight * inner / samples
            + options.BackgroundWeight * background / (backgroundPixels + 1e-6);
    }

    private static double Slope(double[] x, int side, int i)
    {
        double across = 0, down = 0;
        foreach ((int dy, int dx) in Around(1))
        {
            int row = i / side + dy, column = i % side + dx;
            if (row < 0 || row >= side || column < 0 || column >= side)
                continue;
            across -= dx * (2 - Math.Abs(dy)) * x[row * side + column];
            down -= dy * (2 - Math.Abs(dx)) * x[row * side + column];
        }
        return Math.Sqrt(across * across + down * down + 1e-6);
    }

    private static bool Thin(bool[] obj, int side, int i, int size) => obj[i] && Around(size / 2).Any(offset =>
    {
        int row = i / side + offset.Dy, column = i % side + offset.Dx;
        return row >= 0 && row < side && column >= 0 && column < side && !obj[row * side + column];
    });

    private static IEnumerable<(int Dy, int Dx)> Around(int reach) =>
        from dy in Enumerable.Range(-reach, 2 * reach + 1)
        from dx in Enumerable.Range(-reach, 2 * reach + 1)
        select (dy, dx);
}
