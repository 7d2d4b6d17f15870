using Matting.Shared.Imaging;
using Matting.Trainer.Augmentation;

namespace Matting.Trainer.Tests.Augmentation;

/// <summary>The slow, obvious twin of <see cref="XrayAlpha"/>, in double apart from the blurs.</summary>
internal static class ScalarXrayAlpha
{
    internal static float[] Dense(PixelImage rgb, PixelImage alpha, float[] noise, XrayParameters p)
    {
        int count = noise.Length;
        double[] Blur(double[] values, double sigma)
        {
            float[] blurred = new float[count];
            OpenCvBlur.Gaussian([.. values.Select(value => (float)value)], rgb.Width, rgb.Height, sigma, blurred);
            return [.. blurred.Select(value => (double)value)];
        }

        double[] unit = [.. alpha.Pixels.Select(level => level / 255.0)];
        double[] dark = [.. Enumerable.Range(0, count).Select(i => 1 - (((0.299 * rgb.Pixels[3 * i]) + (0.587 * rgb.Pixels[(3 * i) + 1]) + (0.114 * rgb.Pixels[(3 * i) + 2])) / 255))];
        double[] b1 = Blur(dark, 0.8), b2 = Blur(dark, 3), b3 = Blur(dark, 2), b4 = Blur(dark, 7);
        double[] texture = Blur([.. Enumerable.Range(0, count).Select(i => Math.Abs(b1[i] - b2[i]) + (0.5 * Math.Abs(b3[i] - b4[i])))], p.Thickness);
        double[] mass = Blur(dark, p.LowSigma);

        int[] inside = [.. Enumerable.Range(0, count).Where(i => alpha.Pixels[i] > 1)], core = [.. inside.Where(i => unit[i] > 0.3)];
        int[] region = core.Length > 64 ? core : inside;
        double low = region.Length > 0 ? region.Min(i => texture[i]) : 0, high = region.Length > 0 ? region.Max(i => texture[i]) : 0;
        texture = [.. texture.Select(value => high > low + 1e-6 ? Math.Clamp((value - low) / (high - low + 1e-6), 0, 1) : 0)];
        if (inside.Length > 64)
        {
            double[] sorted = [.. inside.Select(i => mass[i]).Order()];
            double q10 = Quantile(sorted, 0.1), q90 = Quantile(sorted, 0.9);
            mass = [.. mass.Select(value => (value - q10) / (q90 - q10 + 1e-6))];
        }

        double[] density = [.. Enumerable.Range(0, count).Select(i =>
            Math.Clamp((p.Floor + (p.Amplitude * Math.Clamp(mass[i], 0, 1))) * Math.Exp(p.Detail * (texture[i] - 0.5)), 0, p.Ceiling))];
        double[] soft = Blur(density, 1.5), field = Blur([.. noise.Select(value => (double)value)], p.BackgroundSigma);
        foreach (int i in inside)
            density[i] = Math.Clamp(density[i] + (p.Unsharp * (density[i] - soft[i])), 0, p.Ceiling);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double background = Math.Clamp(p.Background + (p.BackgroundNoise * field[i]), 0, 0.25);
            return (float)(background + (unit[i] * (density[i] - background)));
        })];
    }

    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }
}
