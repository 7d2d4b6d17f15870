using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Rings and hoops, some with spokes: holes through which the background is seen.</summary>
internal sealed class Rings : IObjectFamily
{
    public string Name => "rings";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        int rings = 1 + random.Next(4);
        float gloss = (float)random.Uniform(0.1, 0.9);
        for (int i = 0; i < rings; i++)
        {
            float share = rings == 1 ? 0.9f : (float)random.Uniform(0.4, 0.62);
            float spin = MathF.Tau * i / rings + (float)random.NextDouble();
            Vector2 offset = rings == 1 ? Vector2.Zero : new Vector2(MathF.Cos(spin), MathF.Sin(spin)) * place.Radius * 0.42f;
            float radius = place.Radius * share;
            Vector2 axes = new(radius, radius * (float)random.Uniform(0.45, 1));
            float tube = radius * (float)random.Uniform(0.07, 0.24);
            RingShape ring = new(place.Centre + offset, axes, (float)random.Uniform(0, Math.PI), tube);
            Vector3 colour = Colour.Any(random);
            if (tube < radius * 0.13f && random.Chance(0.7))
                PaintSpokes(canvas, ring, colour, light, random);
            Texture skin = Texture.Any(random, canvas.Width, canvas.Height, radius, colour);
            Solid.Paint(canvas, DistanceField.Of(ring, canvas.Width, canvas.Height), tube, skin.At, light, gloss);
        }
    }

    private static void PaintSpokes(Canvas canvas, RingShape ring, Vector3 colour, Light light, SeededRandom random)
    {
        StrandPainter painter = new(canvas);
        int spokes = 5 + random.Next(20);
        float width = Math.Max(0.7f, ring.Tube * (float)random.Uniform(0.1, 0.4));
        Vector3 lit = light.Shade(colour * 0.8f, Vector3.UnitZ, 0.3f);
        for (int i = 0; i < spokes; i++)
        {
            (float sine, float cosine) = MathF.SinCos(MathF.Tau * i / spokes);
            Vector2 end = ring.Centre + Exact.Turn(new Vector2(cosine, sine) * ring.Axes, ring.Angle);
            painter.Paint(new Strand
            {
                Root = ring.Centre, Bend = (ring.Centre + end) / 2, Tip = end, Width = width, Profile = StrandProfile.Wire,
                RootColour = lit, TipColour = lit * 0.8f, SideLight = -0.4f,
            });
        }
        DistanceField hub = DistanceField.Of(new BlobShape([new Vector3(ring.Centre, ring.Tube * 0.9f)], 1), canvas.Width, canvas.Height);
        Solid.Paint(canvas, hub, ring.Tube, _ => colour, light, 0.4f);
    }
}
