using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Seed heads: a ball of hair-thin rays that end in little umbrellas, on a stem.</summary>
internal sealed class Dandelion : IObjectFamily
{
    public string Name => "dandelion";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        StrandPainter painter = new(canvas);
        float radius = place.Radius * 0.95f, core = radius * (float)random.Uniform(0.1, 0.2);
        float hair = Math.Max(0.55f, canvas.Unit * 0.0032f);
        Vector3 pale = Colour.Relative(Colour.OfHsv(random.NextDouble(), random.Uniform(0.02, 0.55), 0.93), random, 0.15f);
        Vector3 stemColour = Colour.OfHsv(random.Uniform(0.08, 0.35), 0.5, random.Uniform(0.3, 0.7));
        PaintStem(painter, canvas, place, radius, stemColour, light, random);
        int rays = (int)(radius * random.Uniform(1.6, 3.2) * 256 / canvas.Unit) + 40;
        int umbrella = 6 + random.Next(6);
        double missing = random.Chance(0.35) ? random.Uniform(0.6, 2.2) : 0, gap = random.Uniform(0, Math.Tau);
        foreach (Vector3 way in Directions(rays, random))
        {
            double angle = Math.Atan2(way.Y, way.X) - gap;
            if (Math.Abs(Math.IEEERemainder(angle, Math.Tau)) < missing / 2)
                continue; // the wind has taken these
            Vector3 lit = light.Shade(pale, way, 0.25f, 10);
            Vector2 flat = new(way.X, way.Y);
            Vector2 root = place.Centre + flat * core, tip = place.Centre + flat * radius * (float)random.Uniform(0.86, 1);
            Vector2 bend = Exact.Mix(root, tip, 0.5f) + new Vector2(-flat.Y, flat.X) * (radius * (float)random.Normal() * 0.03f);
            painter.Paint(new Strand
            {
                Root = root, Bend = bend, Tip = tip, Width = hair, Profile = StrandProfile.Wire,
                RootColour = lit * 0.6f, TipColour = lit, Opacity = 0.75f,
            });
            PaintUmbrella(painter, tip, way, radius * 0.17f, umbrella, hair, lit, random);
        }
        DistanceField heart = DistanceField.Of(new BlobShape([new Vector3(place.Centre, core)], 1), canvas.Width, canvas.Height);
        Texture skin = Texture.Any(random, canvas.Width, canvas.Height, core * 2, stemColour * 0.6f);
        Solid.Paint(canvas, heart, core, skin.At, light, 0.1f);
    }

    private static void PaintStem(StrandPainter painter, Canvas canvas, Place place, float radius, Vector3 colour, Light light, SeededRandom random)
    {
        Vector2 end = new(place.Centre.X + (float)random.Uniform(-0.6, 0.6) * radius, canvas.Height + 4);
        Vector2 bend = new(place.Centre.X + (float)random.Uniform(-0.3, 0.3) * radius, (place.Centre.Y + end.Y) / 2);
        Vector3 lit = light.Shade(colour, new Vector3(0, 0, 1));
        painter.Paint(new Strand
        {
            Root = place.Centre, Bend = bend, Tip = end, Width = canvas.Unit * (float)random.Uniform(0.012, 0.022), Profile = StrandProfile.Wire,
            RootColour = lit, TipColour = lit * 0.7f, SideLight = light.Direction.X > 0 ? -0.5f : 0.5f,
        });
    }

    private static void PaintUmbrella(
        StrandPainter painter, Vector2 tip, Vector3 way, float size, int hairs, float width, Vector3 lit, SeededRandom random)
    {
        Vector3 side = Vector3.Normalize(Vector3.Cross(way, Math.Abs(way.Z) < 0.9f ? Vector3.UnitZ : Vector3.UnitX));
        Vector3 other = Vector3.Cross(way, side);
        for (int i = 0; i < hairs; i++)
        {
            (float sine, float cosine) = MathF.SinCos(MathF.Tau * (i + (float)random.NextDouble() * 0.5f) / hairs);
            Vector3 open = side * cosine + other * sine + way * 0.55f;
            Vector2 end = tip + new Vector2(open.X, open.Y) * size * (float)random.Uniform(0.8, 1.1);
            Vector2 bend = tip + new Vector2(open.X, open.Y) * size * 0.5f + new Vector2(way.X, way.Y) * size * 0.12f;
            painter.Paint(new Strand
            {
                Root = tip, Bend = bend, Tip = end, Width = width * 0.8f, RootColour = lit, TipColour = lit * 1.15f, Opacity = 0.6f,
            });
        }
    }

    /// <summary>Even directions all around (Fibonacci sphere), a little shaken; those at the back first.</summary>
    private static IEnumerable<Vector3> Directions(int count, SeededRandom random)
    {
        List<Vector3> ways = new(count);
        for (int i = 0; i < count; i++)
        {
            float z = 1 - (2 * i + 1f) / count;
            (float sine, float cosine) = MathF.SinCos(2.399963f * i);
            float flat = MathF.Sqrt(1 - z * z);
            Vector3 shake = new((float)random.Normal(), (float)random.Normal(), (float)random.Normal());
            ways.Add(Vector3.Normalize(new Vector3(cosine * flat, sine * flat, z) + shake * 0.05f));
        }
        return ways.OrderBy(way => way.Z);
    }
}
