using Matting.Shared.Postprocessing;
using Matting.Shared.Tests.Regions;

namespace Matting.Shared.Tests.Postprocessing;

/// <summary>Both post-processes word by word, pixel by pixel.</summary>
internal static class ScalarPostprocess
{
    public static byte[] Support(Plane alpha, ComponentOptions options)
    {
        FloodFill regions = new(alpha.Values, alpha.Width, (float)options.Support, options.Connectivity);
        int[] kept = [.. Enumerable.Range(0, regions.Regions.Count)
            .OrderByDescending(i => regions.Regions[i].Peak).ThenByDescending(i => regions.Regions[i].Area).ThenBy(i => i)
            .Take(options.Keep)
            .Where(i => regions.Regions[i].Peak > options.Peak || (double)regions.Regions[i].Area / alpha.Values.Length > options.AreaShare)];
        return [.. regions.Labels.Select(label => (byte)(kept.Contains(label) ? 1 : 0))];
    }

    public static float[] Components(Plane alpha, ComponentOptions options)
    {
        byte[] support = Support(alpha, options);
        int radius = options.Dilation / 2;
        float[] result = new float[alpha.Values.Length];
        for (int y = 0; y < alpha.Height; y++)
        {
            for (int x = 0; x < alpha.Width; x++)
            {
                bool covered = false;
                for (int v = Math.Max(0, y - radius); v <= Math.Min(alpha.Height - 1, y + radius); v++)
                {
                    for (int u = Math.Max(0, x - radius); u <= Math.Min(alpha.Width - 1, x + radius); u++)
                        covered |= support[(v * alpha.Width) + u] == 1;
                }
                float value = alpha.Values[(y * alpha.Width) + x];
                result[(y * alpha.Width) + x] = covered && !float.IsNaN(value) ? value : 0;
            }
        }
        return result;
    }

    public static float[] Calibrate(Plane alpha, CalibrationOptions options)
    {
        double[] values = [.. alpha.Values.Select(value => float.IsNaN(value) ? 0 : (double)Math.Clamp(value, 0f, 1f))];
        double[] sorted = [.. values.Order()];
        double position = options.Percentile / 100 * (sorted.Length - 1);
        int below = (int)position;
        double high = sorted[Math.Min(below + 1, sorted.Length - 1)];
        double veil = sorted[below] + ((high - sorted[below]) * (position - below));
        return [.. values.Select(value => (float)Math.Pow(Math.Clamp((value - veil) / (1 - veil + options.Epsilon), 0, 1), options.Gamma))];
    }
}
