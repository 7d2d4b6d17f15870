using System.Globalization;
using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

/// <summary>The slow, obvious twin of <see cref="PillowRotate"/>.</summary>
internal static class ScalarPillowRotate
{
    internal static PixelImage Rotate(PixelImage source, double degrees, bool bilinear, byte fill)
    {
        int w = source.Width, h = source.Height, channels = source.Channels;
        PixelImage result = new(w, h, channels);
        double turn = degrees % 360;
        turn += turn < 0 ? 360 : 0;
        double angle = -(turn * (Math.PI / 180)), cos = Round(Math.Cos(angle)), sin = Round(Math.Sin(angle));
        double c = (cos * (-w / 2.0)) + (sin * (-h / 2.0)) + (w / 2.0), f = (-sin * (-w / 2.0)) + (cos * (-h / 2.0)) + (h / 2.0);
        bool whole = turn is 0 or 180 || (turn is 90 or 270 && w == h);
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                Span<byte> pixel = result.Row(y).Slice(channels * x, channels);
                if (whole)
                {
                    (int fromX, int fromY) = turn switch { 0 => (x, y), 180 => (w - 1 - x, h - 1 - y), 90 => (w - 1 - y, x), _ => (y, h - 1 - x) };
                    source.Row(fromY).Slice(channels * fromX, channels).CopyTo(pixel);
                }
                else if (bilinear)
                {
                    Bilinear(source, (cos * (x + 0.5)) + (sin * (y + 0.5)) + c, (-sin * (x + 0.5)) + (cos * (y + 0.5)) + f, fill, pixel);
                }
                else
                {
                    long fromX = (Fixed(c + (cos * 0.5) + (sin * 0.5)) + (x * Fixed(cos)) + (y * Fixed(sin))) >> 16;
                    long fromY = (Fixed(f + (-sin * 0.5) + (cos * 0.5)) + (x * Fixed(-sin)) + (y * Fixed(cos))) >> 16;
                    if (fromX >= 0 && fromX < w && fromY >= 0 && fromY < h)
                        source.Row((int)fromY).Slice(channels * (int)fromX, channels).CopyTo(pixel);
                    else
                        pixel.Fill(fill);
                }
            }
        }
        return result;
    }

    private static void Bilinear(PixelImage source, double x, double y, byte fill, Span<byte> pixel)
    {
        if (x < 0 || x >= source.Width || y < 0 || y >= source.Height)
        {
            pixel.Fill(fill);
            return;
        }
        (x, y) = (x - 0.5, y - 0.5);
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double dx = x - left, dy = y - top;
        for (int channel = 0; channel < pixel.Length; channel++)
        {
            double Level(int row, int column) =>
                source.Row(Math.Clamp(row, 0, source.Height - 1))[(source.Channels * Math.Clamp(column, 0, source.Width - 1)) + channel];
            double above = Level(top, left) + ((Level(top, left + 1) - Level(top, left)) * dx);
            double below = Level(top + 1, left) + ((Level(top + 1, left + 1) - Level(top + 1, left)) * dx);
            pixel[channel] = (byte)(above + ((below - above) * dy));
        }
    }

    private static double Round(double value) => double.Parse(value.ToString("F15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static long Fixed(double value) => (long)Math.Floor((value * 65536) + 0.5);
}
