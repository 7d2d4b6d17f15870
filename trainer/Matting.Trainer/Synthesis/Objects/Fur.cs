using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Furry creatures: a body, a head, ears, eyes, and thousands of tapering hairs that stand out of the outline.</summary>
internal sealed class Fur : IObjectFamily
{
    public string Name => "fur";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        List<Vector3> circles = Body(place, random, out Vector3 head);
        DistanceField field = DistanceField.Of(new BlobShape(circles, place.Radius * 0.3f), canvas.Width, canvas.Height);
        Texture coat = Texture.Any(random, canvas.Width, canvas.Height, place.Radius * 1.6f, Colour.Any(random));
        Solid.Paint(canvas, field, place.Radius * 0.6f, index => coat.At(index) * 0.8f, light, 0);
        PaintHairs(canvas, field, place, coat, light, random);
        if (random.Chance(0.75))
            PaintFace(canvas, head, light, random);
    }

    private static List<Vector3> Body(Place place, SeededRandom random, out Vector3 head)
    {
        float radius = place.Radius * 0.66f;
        Vector2 centre = place.Centre + new Vector2(0, radius * 0.25f);
        List<Vector3> circles = [new(centre.X, centre.Y, radius)];
        if (random.Chance(0.3))
        {
            head = circles[0]; // a fluffy ball
            return circles;
        }
        float lean = (float)random.Uniform(-0.5, 0.5);
        Vector2 up = new(MathF.Sin(lean), -MathF.Cos(lean));
        float headRadius = radius * (float)random.Uniform(0.55, 0.72);
        Vector2 headCentre = centre + up * (radius * (float)random.Uniform(0.85, 1.05));
        head = new Vector3(headCentre, headRadius);
        circles.Add(head);
        float earRadius = headRadius * (float)random.Uniform(0.25, 0.45), spread = (float)random.Uniform(0.6, 1.0);
        foreach (float side in (ReadOnlySpan<float>)[-spread, spread])
        {
            Vector2 ear = headCentre + new Vector2(MathF.Sin(lean + side), -MathF.Cos(lean + side)) * headRadius * 1.12f;
            circles.Add(new Vector3(ear, earRadius));
        }
        return circles;
    }

    private static void PaintHairs(Canvas canvas, DistanceField field, Place place, Texture coat, Light light, SeededRandom random)
    {
        float length = place.Radius * (float)random.Uniform(0.12, 0.42);
        float width = Math.Max(0.7f, canvas.Unit * (float)random.Uniform(0.0035, 0.006));
        float combing = (float)random.Uniform(0.1, 0.9);
        Fractal whirl = new(random, place.Radius * 0.7f, 2);
        Vector2 comb = new((float)random.Uniform(-0.6, 0.6), 0.8f);
        StrandPainter painter = new(canvas);
        foreach (Vector2 root in Roots(field, place, length, width, random))
        {
            Vector2 outward = field.Outward(root);
            float turn = whirl.At(root) * 1.6f + (float)random.Normal() * 0.22f;
            // hairs of the outline stand out, those inside lie along the comb
            float depth = Math.Clamp(-field.At(root) / (place.Radius * 0.4f), 0, 1);
            Vector2 direction = Vector2.Normalize(Exact.Mix(outward, comb, depth * 0.7f + combing * 0.2f) + new Vector2(1e-3f, 0));
            Vector2 bent = Exact.Turn(direction, turn);
            float one = length * (float)random.Uniform(0.45, 1.25) * (1 - 0.4f * depth);
            Vector2 middle = root + direction * one * 0.5f;
            int index = Math.Clamp((int)root.Y, 0, canvas.Height - 1) * canvas.Width + Math.Clamp((int)root.X, 0, canvas.Width - 1);
            Vector3 normal = field.InflatedNormal(index % canvas.Width, index / canvas.Width, place.Radius * 0.6f);
            Vector3 lit = light.Shade(coat.At(index) * (float)random.Uniform(0.65, 1.35), normal, 0.05f, 12);
            painter.Paint(new Strand
            {
                Root = root, Bend = middle, Tip = middle + bent * one * 0.55f + comb * (one * combing * 0.25f), Width = width,
                RootColour = lit * 0.72f, TipColour = lit * 1.18f, Opacity = (float)random.Uniform(0.6, 1),
            });
        }
    }

    /// <summary>Places inside the shape, those at the outline first: the hairs further in lie on top of them.</summary>
    private static IEnumerable<Vector2> Roots(DistanceField field, Place place, float length, float width, SeededRandom random)
    {
        float reach = place.Radius * 1.6f;
        int tries = Math.Clamp((int)(reach * reach * 4 / (length * width) * 5), 500, 60_000);
        List<(float Distance, Vector2 Root)> roots = [];
        for (int i = 0; i < tries; i++)
        {
            Vector2 point = place.Centre + new Vector2((float)random.Uniform(-reach, reach), (float)random.Uniform(-reach, reach));
            float distance = field.At(point);
            if (distance < 0.5f)
                roots.Add((distance, point));
        }
        return roots.OrderByDescending(root => root.Distance).Select(root => root.Root);
    }

    private static void PaintFace(Canvas canvas, Vector3 head, Light light, SeededRandom random)
    {
        Vector2 centre = new(head.X, head.Y);
        float size = head.Z * (float)random.Uniform(0.1, 0.17), apart = head.Z * (float)random.Uniform(0.3, 0.45);
        Vector3 iris = Colour.OfHsv(random.Uniform(0, 0.6), 0.6, 0.16);
        List<Vector3> balls =
        [
            new(centre.X - apart, centre.Y - head.Z * 0.1f, size), new(centre.X + apart, centre.Y - head.Z * 0.1f, size),
            new(centre.X, centre.Y + head.Z * 0.28f, size * 0.75f),
        ];
        foreach (Vector3 ball in balls)
        {
            DistanceField field = DistanceField.Of(new BlobShape([ball], 1), canvas.Width, canvas.Height);
            Solid.Paint(canvas, field, ball.Z, _ => iris, light, 0.9f);
        }
    }
}
