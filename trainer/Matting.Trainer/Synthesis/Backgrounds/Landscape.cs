using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>Sky with clouds, ranges of hills that fade with the distance, a meadow or sand; out of focus to some degree.</summary>
internal sealed class Landscape : IBackground
{
    public string Name => "landscape";

    public void Paint(Canvas canvas, SeededRandom random)
    {
        int width = canvas.Width, height = canvas.Height;
        float horizon = height * (float)random.Uniform(0.3, 0.7);
        bool evening = random.Chance(0.3);
        Vector3 zenith = evening
            ? Colour.OfHsv(random.Uniform(0.6, 0.85), 0.55, random.Uniform(0.25, 0.6))
            : Colour.OfHsv(random.Uniform(0.55, 0.63), random.Uniform(0.25, 0.7), random.Uniform(0.55, 0.9));
        Vector3 haze = evening ? Colour.OfHsv(random.Uniform(0.0, 0.12), 0.6, 0.95) : Colour.OfHsv(random.Uniform(0.5, 0.62), 0.12, 0.95);
        Vector3 ground = Colour.OfHsv(random.Uniform(0.06, 0.38), random.Uniform(0.25, 0.7), random.Uniform(0.25, 0.75)) * (evening ? 0.5f : 1);
        ScalarField clouds = new Fractal(random, canvas.Unit * 0.4f, 5, 0, 2.2f).Fill(width, height);
        float cover = (float)random.Uniform(-0.4, 0.35);
        Vector3 white = Exact.Mix(haze, Colour.White, 0.6f) * 0.95f;
        canvas.Fill((x, y) =>
        {
            float up = Math.Clamp(1 - y / horizon, 0, 1);
            Vector3 sky = Exact.Mix(haze, zenith, MathF.Pow(up, 0.7f));
            float cloud = Math.Clamp((clouds.Row(y)[x] + cover) * 1.8f, 0, 0.9f) * Math.Min(1, up * 4);
            return Exact.Mix(sky, white, cloud);
        });
        int ranges = 1 + random.Next(4);
        for (int i = 0; i < ranges; i++)
        {
            float near = (i + 1f) / (ranges + 1);
            Vector3 colour = Exact.Mix(haze * 0.75f, ground * 0.6f, MathF.Pow(near, 0.8f));
            PaintRange(canvas, horizon - canvas.Unit * 0.16f * (1 - near), canvas.Unit * (0.05f + 0.13f * near), colour, random);
        }
        PaintGround(canvas, horizon, ground, haze, random);
        Blur.Gaussian(canvas, canvas.Unit * (float)random.Uniform(0, 0.014));
    }

    private static void PaintRange(Canvas canvas, float foot, float rise, Vector3 colour, SeededRandom random)
    {
        Fractal ridge = new(random, canvas.Unit * (float)random.Uniform(0.3, 0.8), 5);
        for (int x = 0; x < canvas.Width; x++)
        {
            float top = foot - rise * (0.4f + ridge.At(new Vector2(x, 0)));
            for (int y = Math.Max(0, (int)top); y < canvas.Height; y++)
                canvas.Cover(y * canvas.Width + x, colour, DistanceField.Coverage(top - y - 0.5f));
        }
    }

    private static void PaintGround(Canvas canvas, float horizon, Vector3 colour, Vector3 haze, SeededRandom random)
    {
        // the cells of a pattern on the ground get smaller towards the horizon: seen through 1/distance
        Fractal patches = new(random, 0.9f, 5), grass = new(random, canvas.Unit * 0.02f, 3, MathF.PI / 2, 3.5f);
        Vector3 second = Colour.Relative(colour, random, 0.7f);
        ScalarField blades = grass.Fill(canvas.Width, canvas.Height);
        for (int y = Math.Max(0, (int)horizon); y < canvas.Height; y++)
        {
            float depth = (y + 1 - horizon) / (canvas.Height - horizon);
            float distance = 1 / (depth + 0.06f);
            for (int x = 0; x < canvas.Width; x++)
            {
                float sideways = (x - canvas.Width / 2f) / canvas.Unit * distance * 1.6f;
                float blend = Math.Clamp(0.5f + patches.At(new Vector2(sideways, distance * 1.5f)), 0, 1);
                Vector3 own = Exact.Mix(colour, second, blend) * (1 + 0.5f * depth * blades.Row(y)[x]);
                Vector3 seen = Exact.Mix(own, haze * 0.8f, MathF.Exp(-depth * 6) * 0.7f);
                canvas.Cover(y * canvas.Width + x, seen, DistanceField.Coverage(horizon - y - 0.5f));
            }
        }
    }
}
