namespace Matting.Shared.Tests.Imaging;

/// <summary>The slow, obvious twin of the Gaussian blurs: in double, one axis after the other, a mirrored neighbour at a time.</summary>
internal static class ScalarGaussian
{
    internal static float[] Blur(float[] plane, int width, int height, double sigma)
    {
        int radius = ((int)Math.Round((8 * sigma) + 1) | 1) / 2;
        double[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(k => Math.Exp(-k * k / (2 * sigma * sigma)))];
        double total = weights.Sum();
        double Across(int x, int y) => Enumerable.Range(-radius, weights.Length).Sum(k => weights[k + radius] * plane[(y * width) + Mirror(x + k, width)]) / total;
        double[] rows = [.. Enumerable.Range(0, plane.Length).Select(i => Across(i % width, i / width))];
        double Down(int x, int y) => Enumerable.Range(-radius, weights.Length).Sum(k => weights[k + radius] * rows[(Mirror(y + k, height) * width) + x]) / total;
        return [.. Enumerable.Range(0, plane.Length).Select(i => (float)Down(i % width, i / width))];
    }

    private static int Mirror(int at, int count)
    {
        while (at < 0 || at >= count)
            at = count == 1 ? 0 : at < 0 ? -at : (2 * count) - 2 - at;
        return at;
    }
}
