using System.Numerics;

namespace Matting.Shared.Imaging.Drawing;

/// <summary>Draws a line of text into an RGB picture with <see cref="StrokeFont"/>, antialiased.</summary>
public static class TextPainter
{
    private const float UnitsOfCapital = 8;
    private const float Gap = 1.7f;

    /// <summary>Width of a text in pixels.</summary>
    /// <param name="text">One line.</param>
    /// <param name="capital">Height of a capital letter in pixels.</param>
    public static float Measure(string text, float capital) =>
        text.Length == 0 ? 0 : (text.Sum(character => StrokeFont.Of(character).Width + Gap) - Gap) * capital / UnitsOfCapital;

    /// <summary>Shortens a text in its middle until it is no wider than that.</summary>
    public static string Fit(string text, float capital, float widest)
    {
        string fitted = text;
        for (int kept = text.Length - 1; kept > 1 && Measure(fitted, capital) > widest; kept--)
            fitted = string.Concat(text.AsSpan(0, kept / 2), "...", text.AsSpan(text.Length - (kept - kept / 2)));
        return fitted;
    }

    /// <summary>Draws a text; what lies outside the picture is cut off.</summary>
    /// <param name="picture">RGB.</param>
    /// <param name="text">One line.</param>
    /// <param name="left">Where it begins, in pixels.</param>
    /// <param name="baseline">The base line, in pixels from the top.</param>
    /// <param name="capital">Height of a capital letter in pixels.</param>
    /// <param name="colour">R, G, B of the ink, 0..255.</param>
    public static void Draw(PixelImage picture, string text, float left, float baseline, float capital, Vector3 colour)
    {
        float scale = capital / UnitsOfCapital, pen = Math.Max(1.1f, capital * 0.125f);
        Vector2 origin = new(left, baseline - capital);
        foreach (char character in text)
        {
            Glyph glyph = StrokeFont.Of(character);
            DrawGlyph(picture, glyph, origin, scale, pen, colour);
            origin.X += (glyph.Width + Gap) * scale;
        }
    }

    private static void DrawGlyph(PixelImage picture, Glyph glyph, Vector2 origin, float scale, float pen, Vector3 colour)
    {
        int left = Math.Max(0, (int)(origin.X - pen - 1)), right = Math.Min(picture.Width - 1, (int)(origin.X + glyph.Width * scale + pen + 1));
        int top = Math.Max(0, (int)(origin.Y - pen - scale)), bottom = Math.Min(picture.Height - 1, (int)(origin.Y + 11 * scale + pen));
        for (int y = top; y <= bottom; y++)
        {
            Span<byte> row = picture.Row(y);
            for (int x = left; x <= right; x++)
            {
                Vector2 point = (new Vector2(x + 0.5f, y + 0.5f) - origin) / scale;
                float nearest = float.MaxValue;
                foreach ((Vector2 from, Vector2 to) in glyph.Strokes)
                    nearest = Math.Min(nearest, Distance(point, from, to));
                float coverage = Math.Clamp(0.5f + pen / 2 - nearest * scale, 0, 1);
                Blend(row[(3 * x)..], colour, coverage);
            }
        }
    }

    private static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        Vector2 way = to - from;
        float share = way == Vector2.Zero ? 0 : Math.Clamp(Vector2.Dot(point - from, way) / way.LengthSquared(), 0, 1);
        return Vector2.Distance(point, from + way * share);
    }

    private static void Blend(Span<byte> pixel, Vector3 colour, float coverage)
    {
        for (int c = 0; c < 3; c++)
            pixel[c] = (byte)(pixel[c] + (colour[c] - pixel[c]) * coverage + 0.5f);
    }
}
