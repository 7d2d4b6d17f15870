using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Feathers: a quill, a vane of hundreds of barbs that splits here and there, down at its foot.</summary>
internal sealed class Feather : IObjectFamily
{
    public string Name => "feather";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        StrandPainter painter = new(canvas);
        int feathers = 1 + random.Next(3);
        float heading = (float)random.Uniform(0, Math.Tau);
        for (int i = 0; i < feathers; i++)
        {
            float angle = heading + (i - (feathers - 1) / 2f) * (float)random.Uniform(0.35, 0.7);
            Vector2 along = new(MathF.Cos(angle), MathF.Sin(angle));
            float reach = place.Radius * (float)random.Uniform(1.05, 1.3);
            Vector2 side = new Vector2(-along.Y, along.X) * reach;
            Strand quill = new()
            {
                Root = place.Centre - along * reach, Tip = place.Centre + along * reach + side * (float)random.Uniform(-0.15, 0.15),
                Bend = place.Centre + side * (float)random.Uniform(-0.35, 0.35), Width = canvas.Unit * (float)random.Uniform(0.009, 0.015),
                RootColour = Colour.OfHsv(0.1, 0.2, 0.85), TipColour = Colour.OfHsv(0.1, 0.35, 0.4),
            };
            PaintOne(painter, canvas, quill, reach, light, random);
        }
    }

    private static void PaintOne(StrandPainter painter, Canvas canvas, Strand quill, float reach, Light light, SeededRandom random)
    {
        Vector3 colour = Colour.Any(random), band = Colour.Relative(colour, random, 1.1f);
        float bands = (float)random.Uniform(0, 9), breadth = reach * (float)random.Uniform(0.22, 0.42);
        Fractal splits = new(random, 0.05f, 2);
        float pitch = Math.Max(0.55f, canvas.Unit * 0.0035f);
        int barbs = (int)(2 * reach / pitch);
        foreach (float side in (ReadOnlySpan<float>)[-1, 1])
        {
            float swelling = (float)random.Uniform(0.75, 1.1);
            for (int i = 0; i < barbs; i++)
            {
                float t = 0.1f + 0.9f * i / barbs;
                Vector2 root = quill.PointAt(t), ahead = Vector2.Normalize(quill.PointAt(Math.Min(1, t + 0.02f)) - quill.PointAt(t - 0.02f));
                Vector2 outward = new Vector2(-ahead.Y, ahead.X) * side;
                bool down = t < 0.2f;
                float length = breadth * swelling * MathF.Sqrt(MathF.Sin(MathF.PI * MathF.Pow(t, 0.75f))) + pitch;
                // barbs hang together in groups: the same lean for neighbours, a gap between groups
                float lean = 0.75f + 0.5f * splits.At(new Vector2(t, side)) + (down ? (float)random.Normal() * 0.5f : 0.02f * (float)random.Normal());
                Vector2 way = Vector2.Normalize(outward + ahead * lean);
                float stripe = Math.Clamp(0.5f + 2 * MathF.Sin(bands * MathF.Tau * t), 0, 1);
                Vector3 own = Exact.Mix(colour, band, stripe) * (float)random.Uniform(0.8, 1.15);
                Vector3 lit = light.Shade(own, Vector3.Normalize(new Vector3(outward * 0.5f, 0.8f)), 0.12f, 8);
                Vector2 tip = root + way * length + ahead * (length * 0.28f);
                if (down)
                    tip += outward * (length * (float)random.Normal() * 0.2f);
                painter.Paint(new Strand
                {
                    Root = root, Bend = root + way * length * 0.55f, Tip = tip,
                    Width = pitch * (down ? 0.8f : 1.7f), RootColour = lit * 0.8f, TipColour = lit * 1.1f, Opacity = down ? 0.45f : 0.8f,
                });
            }
        }
        painter.Paint(quill);
    }
}
