using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Soap bubbles: nearly nothing in the middle, a rim in the colours of thin films, sharp highlights.</summary>
internal sealed class Bubbles : IObjectFamily
{
    public string Name => "bubbles";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        int count = 1 + random.Next(7);
        Fractal film = new(random, place.Radius * 0.8f, 3);
        float density = (float)random.Uniform(0.1, 0.35), hue = (float)random.NextDouble(), colourful = (float)random.Uniform(0.2, 0.7);
        for (int i = 0; i < count; i++)
        {
            float radius = place.Radius * (count == 1 ? 0.9f : (float)random.Uniform(0.2, 0.55));
            float angle = (float)random.Uniform(0, Math.Tau), away = (place.Radius - radius) * MathF.Sqrt((float)random.NextDouble());
            Vector2 centre = place.Centre + new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * away;
            PaintOne(canvas, centre, radius, light, film, density, hue + (float)random.NextDouble() * 0.2f, colourful);
        }
    }

    private static void PaintOne(Canvas canvas, Vector2 centre, float radius, Light light, Fractal film, float density, float hue, float colourful)
    {
        int left = Math.Max(0, (int)(centre.X - radius - 1)), right = Math.Min(canvas.Width - 1, (int)(centre.X + radius + 1));
        int top = Math.Max(0, (int)(centre.Y - radius - 1)), bottom = Math.Min(canvas.Height - 1, (int)(centre.Y + radius + 1));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                Vector2 point = new(x + 0.5f, y + 0.5f);
                Vector2 flat = (point - centre) / radius;
                float away = flat.Length();
                float coverage = DistanceField.Coverage((away - 1) * radius);
                if (coverage <= 0)
                    continue;
                Vector3 normal = new(flat, MathF.Sqrt(Math.Max(0, 1 - away * away)));
                float rim = MathF.Pow(Math.Min(away, 1), 5);
                float thickness = film.At(point) * 0.6f + flat.Y * 0.5f + rim;
                Vector3 shimmer = Colour.OfHsv(hue + thickness, colourful, 0.95) * (light.Key * 0.5f + light.Ambient);
                float front = light.Highlight(normal, 160);
                // the back wall mirrors the lamp upside down and smaller
                float back = 0.5f * light.Highlight(new Vector3(-normal.X, -normal.Y, normal.Z), 260);
                float highlight = Math.Clamp(front * 1.6f + back, 0, 1);
                float alpha = density * (0.35f + 0.65f * MathF.Abs(thickness)) + 0.75f * rim;
                alpha = Math.Clamp(alpha, 0, 0.9f);
                canvas.Cover(y * canvas.Width + x, Exact.Mix(shimmer, light.Key * 1.2f, highlight), (alpha + (1 - alpha) * highlight) * coverage);
            }
        }
    }
}
