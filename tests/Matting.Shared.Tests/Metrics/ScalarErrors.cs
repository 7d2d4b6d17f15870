using Matting.Shared.Metrics;
using Matting.Shared.Regions;
using Matting.Shared.Tests.Regions;

namespace Matting.Shared.Tests.Metrics;

/// <summary>The error measures from their definitions, in double, one pixel at a time.</summary>
internal static class ScalarErrors
{
    public static AlphaErrors Of(Plane prediction, Plane truth)
    {
        double[] differences = [.. prediction.Values.Zip(truth.Values, (p, t) => (double)p - t)];
        double absolute = differences.Sum(Math.Abs);
        return new AlphaErrors(
            differences.Average(d => d * d), absolute / differences.Length, absolute / 1000, Gradient(prediction, truth) / 1000, Connectivity(prediction, truth) / 1000);
    }

    private static double Gradient(Plane prediction, Plane truth)
    {
        double sum = 0;
        for (int y = 0; y < truth.Height; y++)
        {
            for (int x = 0; x < truth.Width; x++)
                sum += Math.Pow(Slope(prediction, x, y) - Slope(truth, x, y), 2);
        }
        return sum;
    }

    /// <summary>The whole two-dimensional filter at one pixel.</summary>
    private static double Slope(Plane plane, int x, int y)
    {
        const int Radius = 4;
        const double Sigma = 1.4;
        double dx = 0, dy = 0, squares = 0;
        for (int v = -Radius; v <= Radius; v++)
        {
            for (int u = -Radius; u <= Radius; u++)
            {
                double gauss = Math.Exp(-((u * u) + (v * v)) / (2 * Sigma * Sigma));
                double value = plane.Values[(Math.Clamp(y + v, 0, plane.Height - 1) * plane.Width) + Math.Clamp(x + u, 0, plane.Width - 1)];
                dx += u * gauss * value;
                dy += v * gauss * value;
                squares += u * gauss * u * gauss;
            }
        }
        return double.Hypot(dx, dy) / Math.Sqrt(squares);
    }

    private static double Connectivity(Plane prediction, Plane truth)
    {
        int[] failedAt = new int[truth.Values.Length];
        Array.Fill(failedAt, 11);
        for (int step = 10; step >= 1; step--)
        {
            float level = (float)(step / 10.0);
            float[] mask = [.. prediction.Values.Zip(truth.Values, (p, t) => p >= level && t >= level ? 1f : 0f)];
            FloodFill regions = new(mask, truth.Width, 0.5f, Neighbourhood.Four);
            int largest = regions.Regions.Count == 0 ? -2 : Enumerable.Range(0, regions.Regions.Count).MaxBy(i => (regions.Regions[i].Area, -i));
            for (int i = 0; i < mask.Length; i++)
                failedAt[i] = regions.Labels[i] == largest ? failedAt[i] : step;
        }
        double sum = 0;
        for (int i = 0; i < failedAt.Length; i++)
        {
            float level = (float)((failedAt[i] - 1) / 10.0);
            sum += Math.Abs(Phi(prediction.Values[i] - level) - Phi(truth.Values[i] - level));
        }
        return sum;
    }

    private static double Phi(float distance) => 1 - (distance >= 0.15f ? distance : 0.0);
}
