using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

/// <summary>The multi-level foreground estimation in plain loops and doubles: each pixel's two equations by Cramer's rule.</summary>
internal static class ScalarForeground
{
    internal static PixelImage Estimate(PixelImage rgb, PixelImage alpha, ForegroundOptions options)
    {
        PixelImage result = new(rgb.Width, rgb.Height, 3);
        for (int channel = 0; channel < 3; channel++)
        {
            double[,] foreground = new double[1, 1], background = new double[1, 1];
            (foreground[0, 0], background[0, 0]) = (Mean(rgb, alpha, channel, level => level >= 230), Mean(rgb, alpha, channel, level => level <= 25));
            int last = (int)Math.Ceiling(Math.Log2(Math.Max(rgb.Width, rgb.Height)));
            for (int level = 0; level <= last; level++)
            {
                double power = last == 0 ? 1 : (double)level / last;
                int width = (int)Math.Round(Math.Pow(rgb.Width, power)), height = (int)Math.Round(Math.Pow(rgb.Height, power));
                double[,] image = Sample(rgb, channel, width, height), matte = Sample(alpha, 0, width, height);
                (foreground, background) = (Enlarge(foreground, width, height), Enlarge(background, width, height));
                int sweeps = Math.Max(width, height) <= options.SmallSize ? options.SmallIterations : options.LargeIterations;
                for (int sweep = 0; sweep < 2 * sweeps; sweep++)
                    Sweep(image, matte, foreground, background, sweep & 1, options);
            }
            for (int i = 0; i < alpha.Pixels.Length; i++)
                result.Pixels[(i * 3) + channel] = alpha.Pixels[i] == 255 ? rgb.Pixels[(i * 3) + channel] : (byte)((foreground[i / rgb.Width, i % rgb.Width] * 255) + 0.5);
        }
        return result;
    }

    private static void Sweep(double[,] image, double[,] alpha, double[,] foreground, double[,] background, int colour, ForegroundOptions options)
    {
        int height = image.GetLength(0), width = image.GetLength(1);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (((x + y) & 1) != colour)
                    continue;
                double a = alpha[y, x], weights = 0, ofForeground = 0, ofBackground = 0;
                foreach ((int dx, int dy) in ((int, int)[])[(-1, 0), (1, 0), (0, -1), (0, 1)])
                {
                    int nx = Math.Clamp(x + dx, 0, width - 1), ny = Math.Clamp(y + dy, 0, height - 1);
                    double weight = options.Regularisation + (options.GradientWeight * Math.Abs(a - alpha[ny, nx]));
                    weights += weight;
                    ofForeground += weight * foreground[ny, nx];
                    ofBackground += weight * background[ny, nx];
                }
                double a11 = (a * a) + weights, a12 = a * (1 - a), a22 = ((1 - a) * (1 - a)) + weights;
                double b1 = (a * image[y, x]) + ofForeground, b2 = ((1 - a) * image[y, x]) + ofBackground, determinant = (a11 * a22) - (a12 * a12);
                foreground[y, x] = Math.Clamp(((b1 * a22) - (b2 * a12)) / determinant, 0, 1);
                background[y, x] = Math.Clamp(((b2 * a11) - (b1 * a12)) / determinant, 0, 1);
            }
        }
    }

    private static double Mean(PixelImage rgb, PixelImage alpha, int channel, Func<byte, bool> taken)
    {
        int[] all = [.. Enumerable.Range(0, alpha.Pixels.Length)];
        int[] some = [.. all.Where(i => taken(alpha.Pixels[i]))];
        return (some.Length > 0 ? some : all).Average(i => rgb.Pixels[(i * 3) + channel]) / 255;
    }

    private static double[,] Sample(PixelImage picture, int channel, int width, int height)
    {
        double[,] plane = new double[height, width];
        for (int i = 0; i < width * height; i++)
            plane[i / width, i % width] = picture.Row(i / width * picture.Height / height)[(i % width * picture.Width / width * picture.Channels) + channel] / 255.0;
        return plane;
    }

    private static double[,] Enlarge(double[,] plane, int width, int height)
    {
        double[,] larger = new double[height, width];
        for (int i = 0; i < width * height; i++)
            larger[i / width, i % width] = plane[i / width * plane.GetLength(0) / height, i % width * plane.GetLength(1) / width];
        return larger;
    }
}
