using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>Lights far out of focus: discs of an aperture over a dim, blurred scene.</summary>
internal sealed class Bokeh : IBackground
{
    public string Name => "bokeh";

    public void Paint(Canvas canvas, SeededRandom random)
    {
        Vector3 upper = Colour.Any(random) * (float)random.Uniform(0.08, 0.7), lower = Colour.Relative(upper, random, 0.8f);
        ScalarField scene = new Fractal(random, canvas.Unit * 0.6f, 3).Fill(canvas.Width, canvas.Height);
        canvas.Fill((x, y) =>
        {
            float haze = scene.Row(y)[x];
            return Exact.Mix(upper, lower, Math.Clamp((float)y / canvas.Height + haze, 0, 1)) * (1 + 0.4f * haze);
        });
        int lights = 12 + random.Next(45);
        float size = canvas.Unit * (float)random.Uniform(0.03, 0.085), brightness = (float)random.Uniform(0.12, 0.7);
        float hue = (float)random.NextDouble(), variety = (float)random.Uniform(0.05, 0.6), blades = random.Chance(0.5) ? 0 : 5 + random.Next(4);
        for (int i = 0; i < lights; i++)
        {
            Vector2 centre = new((float)random.Uniform(-0.05, 1.05) * canvas.Width, (float)random.Uniform(-0.05, 1.05) * canvas.Height);
            Vector3 colour = Colour.OfHsv(hue + variety * (random.NextDouble() - 0.5), random.Uniform(0.1, 0.8), 1)
                * (brightness * MathF.Pow(2, (float)random.Normal()));
            AddDisc(canvas, centre, size * (float)random.Uniform(0.6, 1.3), colour, blades);
        }
        Blur.Gaussian(canvas, canvas.Unit * (float)random.Uniform(0.001, 0.006));
    }

    private static void AddDisc(Canvas canvas, Vector2 centre, float radius, Vector3 colour, float blades)
    {
        int left = Math.Max(0, (int)(centre.X - radius - 1)), right = Math.Min(canvas.Width - 1, (int)(centre.X + radius + 1));
        int top = Math.Max(0, (int)(centre.Y - radius - 1)), bottom = Math.Min(canvas.Height - 1, (int)(centre.Y + radius + 1));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                Vector2 way = new Vector2(x + 0.5f, y + 0.5f) - centre;
                float distance = way.Length();
                if (blades > 0)
                {
                    // a polygon: the distance along the nearest blade's normal
                    float sector = MathF.Tau / blades, angle = MathF.Atan2(way.Y, way.X) / sector;
                    distance *= MathF.Cos((angle - MathF.Round(angle)) * sector) / MathF.Cos(sector / 2) * 0.97f;
                }
                float coverage = DistanceField.Coverage(distance - radius);
                // lenses draw a brighter rim
                float rim = 0.7f + 0.3f * MathF.Pow(Math.Min(1, distance / radius), 6);
                canvas.Row(y)[x] += new Vector4(colour * (coverage * rim), 0);
            }
        }
    }
}
