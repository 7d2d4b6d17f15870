using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>Plaster, rock and paving: relief in raking light, stains, and the joints of slabs now and then.</summary>
internal sealed class Stone : IBackground
{
    public string Name => "stone";

    public void Paint(Canvas canvas, SeededRandom random)
    {
        int width = canvas.Width, height = canvas.Height;
        ScalarField relief = new Fractal(random, canvas.Unit * (float)random.Uniform(0.08, 0.3), 6) { Gain = 0.58f }.Fill(width, height);
        ScalarField stains = new Fractal(random, canvas.Unit * 0.5f, 4).Fill(width, height);
        Vector3 colour = Colour.OfHsv(random.Uniform(0.02, 0.62), random.Uniform(0.02, 0.3), random.Uniform(0.3, 0.9));
        Vector3 stain = Colour.Relative(colour, random, 0.6f);
        Cells? slabs = random.Chance(0.45) ? new Cells(random, canvas.Unit * (float)random.Uniform(0.15, 0.4)) : null;
        float steepness = canvas.Unit * (float)random.Uniform(0.02, 0.07);
        float azimuth = (float)random.Uniform(0, Math.Tau);
        Vector2 raking = new Vector2(MathF.Cos(azimuth), MathF.Sin(azimuth)) * steepness;
        canvas.Fill((x, y) =>
        {
            float here = relief.Row(y)[x];
            Vector2 slope = new(relief.Row(y)[Math.Min(x + 1, width - 1)] - here, relief.Row(Math.Min(y + 1, height - 1))[x] - here);
            float lit = Math.Clamp(0.8f + Vector2.Dot(slope, raking), 0.15f, 1.7f);
            Vector3 own = Exact.Mix(colour, stain, Math.Clamp(0.5f + stains.Row(y)[x], 0, 1)) * (1 + 0.2f * here);
            if (slabs is not null)
            {
                (float first, float second, uint id) = slabs.At(new Vector2(x, y) + new Vector2(here, -here) * canvas.Unit * 0.02f);
                own *= (0.75f + 0.4f * (id & 0xFF) / 255f) * Math.Clamp((second - first) * 9, 0.25f, 1);
            }
            return own * lit;
        });
        Blur.Gaussian(canvas, canvas.Unit * (float)Math.Max(0, random.Uniform(-0.004, 0.006)));
    }
}
