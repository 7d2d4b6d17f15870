using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Smoke, steam and clouds: a density without any edge.</summary>
internal sealed class Smoke : IObjectFamily
{
    public string Name => "smoke";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        int width = canvas.Width, height = canvas.Height;
        float swirl = place.Radius * (float)random.Uniform(0.3, 0.8);
        ScalarField warpX = new Fractal(random, place.Radius * 0.9f, 3).Fill(width, height);
        ScalarField warpY = new Fractal(random, place.Radius * 0.9f, 3).Fill(width, height);
        for (int i = 0; i < warpX.Values.Length; i++)
            (warpX.Values[i], warpY.Values[i]) = (warpX.Values[i] * swirl, warpY.Values[i] * swirl);
        float angle = (float)random.Uniform(0, Math.PI);
        ScalarField billows = new Fractal(random, place.Radius * 0.55f, 5, angle, (float)random.Uniform(1, 2.5)) { Gain = 0.55f }
            .Fill(width, height, warpX, warpY);
        double saturation = random.Chance(0.3) ? random.Uniform(0.2, 0.8) : random.Uniform(0, 0.12);
        Vector3 colour = Colour.OfHsv(random.NextDouble(), saturation, random.Uniform(0.25, 0.97));
        float thick = (float)random.Uniform(1.6, 5), wispy = (float)random.Uniform(0.1, 0.45);
        Vector2 squeeze = new((float)random.Uniform(0.75, 1.2), (float)random.Uniform(0.75, 1.2));
        Vector2 step = new Vector2(light.Direction.X, light.Direction.Y) * (place.Radius * 0.12f);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float density = Density(x, y);
                if (density <= 0)
                    continue;
                // less smoke towards the light: brighter
                float shadow = Density((int)(x + step.X), (int)(y + step.Y));
                float brightness = Math.Clamp(0.8f + (density - shadow) * 0.9f, 0.35f, 1.3f);
                Vector3 lit = colour * (light.Key * 0.8f * brightness + light.Ambient);
                canvas.Cover(y * width + x, lit, 1 - MathF.Exp(-density * thick));
            }
        }

        float Density(int x, int y)
        {
            (x, y) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
            int index = y * width + x;
            Vector2 way = (new Vector2(x + warpX.Values[index] * 0.35f, y + warpY.Values[index] * 0.35f) - place.Centre) / (place.Radius * squeeze);
            float envelope = Math.Clamp(1.15f - way.Length(), 0, 1);
            float field = 0.5f + billows.Values[index] * 0.9f - wispy;
            return Math.Max(0, field * envelope * (0.4f + envelope));
        }
    }
}
