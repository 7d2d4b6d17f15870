using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>
/// Vases, bottles and stemmed glasses: clear in the middle, dense at the rim where the eye looks
/// along the wall, with highlights, and often something coloured inside.
/// </summary>
internal sealed class Glass : IObjectFamily
{
    public string Name => "glass";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        Vessel vessel = new(random);
        GlassLook look = new(light, random);
        float level = random.Chance(0.6) ? (float)random.Uniform(-0.7, 0.5) * (vessel.Bottom + 1) / 2 + (vessel.Bottom - 1) / 2 : float.MaxValue;
        float lean = (float)random.Normal() * 0.1f;
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                Vector2 local = Exact.Turn(new Vector2(x + 0.5f, y + 0.5f) - place.Centre, -lean) / place.Radius;
                float coverage = DistanceField.Coverage(vessel.Distance(local) * place.Radius);
                if (coverage <= 0)
                    continue;
                float across = vessel.Across(local);
                Vector3 normal = Vector3.Normalize(new Vector3(across, vessel.Slope(local.Y) * 0.6f, MathF.Sqrt(1 - across * across)));
                float lip = DistanceField.Coverage(vessel.LipDistance(local) * place.Radius);
                (Vector3 colour, float alpha) = look.At(local, across, normal, vessel.FilledTo(local, level), lip);
                canvas.Cover(y * canvas.Width + x, colour, alpha * coverage);
            }
        }
    }
}
