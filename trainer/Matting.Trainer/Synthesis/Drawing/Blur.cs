using System.Numerics;

namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>Blurs canvases; outside the picture the border pixel goes on.</summary>
internal static class Blur
{
    private const int Passes = 3;

    /// <summary>
    /// Almost a Gaussian: three passes of a box with fractional ends, whose variance is right for
    /// every sigma ("extended box filters", Gwosdek, Grewenig, Bruhn, Weickert 2011).
    /// </summary>
    /// <param name="canvas">Blurred in place.</param>
    /// <param name="sigma">Standard deviation in pixels; 0 leaves the canvas as it is.</param>
    public static void Gaussian(Canvas canvas, float sigma)
    {
        if (sigma <= 0)
            return;
        double ideal = Math.Sqrt(12.0 * sigma * sigma / Passes + 1);
        int radius = (int)((ideal - 1) / 2);
        int length = 2 * radius + 1;
        double variance = (double)sigma * sigma;
        double end = length * (radius * (radius + 1) - 3 * variance / Passes)
            / (6 * (variance / Passes - (radius + 1) * (radius + 1)));
        Vector4[] line = new Vector4[Math.Max(canvas.Width, canvas.Height)];
        Vector4[] aside = new Vector4[canvas.Pixels.Length];
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int y = 0; y < canvas.Height; y++)
                BoxRow(canvas.Row(y), line, radius, (float)end);
            BoxColumns(canvas, aside, radius, (float)end);
        }
    }

    /// <summary>Blur of a movement: the mean of copies shifted along a straight way.</summary>
    /// <param name="canvas">Blurred in place.</param>
    /// <param name="way">The whole way in pixels, half of it to each side.</param>
    public static void Motion(Canvas canvas, Vector2 way)
    {
        int copies = Math.Clamp((int)MathF.Ceiling(way.Length()), 1, 64);
        Vector4[] sum = new Vector4[canvas.Pixels.Length];
        for (int copy = 0; copy < copies; copy++)
        {
            Vector2 shift = way * ((copy + 0.5f) / copies - 0.5f);
            for (int y = 0; y < canvas.Height; y++)
            {
                float sourceY = Math.Clamp(y + shift.Y, 0, canvas.Height - 1);
                int y0 = Math.Min((int)sourceY, canvas.Height - 1);
                ReadOnlySpan<Vector4> upper = canvas.Row(y0);
                ReadOnlySpan<Vector4> lower = canvas.Row(Math.Min(y0 + 1, canvas.Height - 1));
                Span<Vector4> target = sum.AsSpan(y * canvas.Width, canvas.Width);
                for (int x = 0; x < target.Length; x++)
                {
                    float sourceX = Math.Clamp(x + shift.X, 0, target.Length - 1);
                    int x0 = (int)sourceX;
                    int x1 = Math.Min(x0 + 1, target.Length - 1);
                    target[x] += Exact.Mix(
                        Exact.Mix(upper[x0], upper[x1], sourceX - x0), Exact.Mix(lower[x0], lower[x1], sourceX - x0), sourceY - y0);
                }
            }
        }
        for (int i = 0; i < sum.Length; i++)
            canvas.Pixels[i] = sum[i] / copies;
    }

    private static void BoxRow(Span<Vector4> row, Vector4[] copy, int radius, float end)
    {
        row.CopyTo(copy);
        int last = row.Length - 1;
        float scale = 1 / (2 * radius + 1 + 2 * end);
        Vector4 sum = Vector4.Zero;
        for (int x = -radius; x <= radius; x++)
            sum += copy[Math.Clamp(x, 0, last)];
        for (int x = 0; x <= last; x++)
        {
            Vector4 before = copy[Math.Max(x - radius - 1, 0)];
            Vector4 after = copy[Math.Min(x + radius + 1, last)];
            row[x] = (sum + end * (before + after)) * scale;
            sum += after - copy[Math.Max(x - radius, 0)];
        }
    }

    /// <summary>All columns at once, row by row, so that memory is read in order.</summary>
    private static void BoxColumns(Canvas canvas, Vector4[] copy, int radius, float end)
    {
        canvas.Pixels.CopyTo(copy, 0);
        int width = canvas.Width, last = canvas.Height - 1;
        float scale = 1 / (2 * radius + 1 + 2 * end);
        Vector4[] sums = new Vector4[width];
        for (int y = -radius; y <= radius; y++)
        {
            ReadOnlySpan<Vector4> row = copy.AsSpan(Math.Clamp(y, 0, last) * width, width);
            for (int x = 0; x < width; x++)
                sums[x] += row[x];
        }
        for (int y = 0; y <= last; y++)
        {
            ReadOnlySpan<Vector4> before = copy.AsSpan(Math.Max(y - radius - 1, 0) * width, width);
            ReadOnlySpan<Vector4> after = copy.AsSpan(Math.Min(y + radius + 1, last) * width, width);
            ReadOnlySpan<Vector4> leaves = copy.AsSpan(Math.Max(y - radius, 0) * width, width);
            Span<Vector4> target = canvas.Row(y);
            for (int x = 0; x < width; x++)
            {
                target[x] = (sums[x] + end * (before[x] + after[x])) * scale;
                sums[x] += after[x] - leaves[x];
            }
        }
    }
}
