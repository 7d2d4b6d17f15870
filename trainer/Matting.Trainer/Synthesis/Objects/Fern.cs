using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Fronds and twigs: curved stems with leaflets, the background seen through between them.</summary>
internal sealed class Fern : IObjectFamily
{
    public string Name => "fern";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        StrandPainter painter = new(canvas);
        Vector3 green = random.Chance(0.7)
            ? Colour.OfHsv(random.Uniform(0.18, 0.42), random.Uniform(0.35, 0.8), random.Uniform(0.3, 0.8))
            : Colour.OfHsv(random.Uniform(-0.05, 0.14), random.Uniform(0.5, 0.85), random.Uniform(0.4, 0.9));
        int fronds = 3 + random.Next(5);
        float spread = (float)random.Uniform(0.9, 2.2), heading = -MathF.PI / 2 + (float)random.Uniform(-0.5, 0.5);
        Vector2 foot = place.Centre - new Vector2(MathF.Cos(heading), MathF.Sin(heading)) * place.Radius * 1.05f;
        bool round = random.Chance(0.4);
        for (int i = 0; i < fronds; i++)
        {
            float angle = heading + spread * ((i + 0.5f) / fronds - 0.5f) + (float)random.Normal() * 0.1f;
            Vector2 way = new(MathF.Cos(angle), MathF.Sin(angle));
            float length = place.Radius * (float)random.Uniform(1.5, 2.1);
            Strand stem = new()
            {
                Root = foot, Bend = foot + way * length * 0.55f, Tip = foot + way * length + new Vector2(way.X * 0.22f, 0.12f) * length,
                Width = canvas.Unit * 0.009f, RootColour = green * 0.45f, TipColour = green * 0.7f,
            };
            PaintFrond(painter, stem, length, Colour.Relative(green, random, 0.25f), round, light, random);
        }
    }

    private static void PaintFrond(StrandPainter painter, Strand stem, float length, Vector3 colour, bool round, Light light, SeededRandom random)
    {
        int pairs = round ? 5 + random.Next(4) : 11 + random.Next(8);
        float broad = length / pairs * (round ? 0.42f : 0.3f) * (float)random.Uniform(0.8, 1.2);
        painter.Paint(stem);
        for (int i = 0; i < pairs; i++)
        {
            float t = 0.24f + 0.76f * (i + 0.5f) / pairs;
            Vector2 root = stem.PointAt(t), ahead = Vector2.Normalize(stem.PointAt(t) - stem.PointAt(t - 0.05f));
            float size = length * (round ? 0.15f : 0.24f) * MathF.Pow(MathF.Sin(MathF.PI * Math.Min(0.97f, 0.2f + 0.8f * t)), 0.7f);
            foreach (float side in (ReadOnlySpan<float>)[-1, 1])
            {
                Vector2 outward = new Vector2(-ahead.Y, ahead.X) * side;
                Vector2 way = Vector2.Normalize(outward + ahead * (float)random.Uniform(0.35, 0.7));
                Vector3 normal = Vector3.Normalize(new Vector3((float)random.Normal() * 0.35f, (float)random.Normal() * 0.35f - 0.2f, 1));
                Vector3 lit = light.Shade(colour * (float)random.Uniform(0.8, 1.2), normal, 0.18f, 16);
                float leafWidth = Math.Max(1, broad * size / (length * (round ? 0.15f : 0.24f)));
                Vector2 tip = root + way * size + ahead * (size * 0.2f);
                Vector2 bend = root + way * size * 0.5f + outward * (size * 0.06f);
                Strand leaflet = new()
                {
                    Root = root, Bend = bend, Tip = tip, Width = leafWidth * 1.7f, Profile = StrandProfile.Leaf,
                    RootColour = lit * 0.85f, TipColour = lit * 1.1f, SideLight = 0.28f * side,
                };
                painter.Paint(leaflet);
                painter.Paint(leaflet with
                {
                    // the midrib
                    Tip = Exact.Mix(root, tip, 0.9f), Width = Math.Max(0.6f, leafWidth * 0.14f), Profile = StrandProfile.Taper,
                    RootColour = lit * 0.6f, TipColour = lit * 0.75f, SideLight = 0, Opacity = 0.7f,
                });
            }
        }
    }
}
