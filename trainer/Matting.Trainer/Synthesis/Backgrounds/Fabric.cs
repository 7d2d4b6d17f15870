using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>Cloth: warp and weft, broad soft folds, plain, striped or checked.</summary>
internal sealed class Fabric : IBackground
{
    public string Name => "fabric";

    public void Paint(Canvas canvas, SeededRandom random)
    {
        int width = canvas.Width, height = canvas.Height;
        ScalarField folds = new Fractal(random, canvas.Unit * (float)random.Uniform(0.3, 0.7), 3, (float)random.Uniform(0, 3), 2).Fill(width, height);
        Vector3 colour = Colour.Any(random), second = random.Chance(0.5) ? Colour.Any(random) : Colour.Relative(colour, random);
        float thread = Math.Max(2.2f, canvas.Unit * (float)random.Uniform(0.007, 0.014)), check = canvas.Unit * (float)random.Uniform(0.05, 0.2);
        int pattern = random.Next(3);
        float angle = (float)random.Uniform(-0.6, 0.6), steep = canvas.Unit * (float)random.Uniform(0.08, 0.2);
        (float sine, float cosine) = MathF.SinCos(angle);
        canvas.Fill((x, y) =>
        {
            float fold = folds.Row(y)[x];
            float pull = fold * check * 0.5f;
            float u = x * cosine + y * sine + pull, v = y * cosine - x * sine + pull;
            float over = 0.5f + 0.5f * MathF.Sin(u / thread * MathF.PI) * MathF.Sin(v / thread * MathF.PI);
            float stripes = pattern == 0 ? 0 : Band(u / check);
            if (pattern == 2)
                stripes = (stripes + Band(v / check)) / 2;
            float slope = (fold - folds.Row(y)[Math.Min(x + 1, width - 1)]) + (fold - folds.Row(Math.Min(y + 1, height - 1))[x]);
            float lit = Math.Clamp(0.8f + slope * steep + 0.25f * fold, 0.2f, 1.5f);
            return Exact.Mix(colour, second, stripes) * (lit * (0.78f + 0.3f * over));
        });
        Blur.Gaussian(canvas, canvas.Unit * (float)Math.Max(0, random.Uniform(-0.004, 0.007)));
    }

    private static float Band(float place) => Math.Clamp(0.5f + 6 * MathF.Sin(place * MathF.PI), 0, 1);
}
