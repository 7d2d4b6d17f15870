using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Balls of wire or wicker: many regular holes, the far side seen through the near one.</summary>
internal sealed class Basket : IObjectFamily
{
    public string Name => "basket";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        float spin = (float)random.Uniform(0, Math.Tau), nod = (float)random.Uniform(-1, 1), lean = (float)random.Uniform(0, Math.Tau);
        int meridians = 7 + random.Next(12), parallels = 4 + random.Next(8);
        float wire = place.Radius * (float)random.Uniform(0.014, 0.05);
        wire = Math.Max(wire, 0.8f);
        Vector3 colour = Colour.Any(random), second = random.Chance(0.5) ? colour : Colour.Any(random);
        float gloss = (float)random.Uniform(0, 0.7), radius = place.Radius * 0.92f;
        // the far side first, a little darker
        foreach (float facing in (ReadOnlySpan<float>)[-1, 1])
            PaintSide(canvas, place.Centre, radius, wire, facing);

        void PaintSide(Canvas target, Vector2 centre, float ball, float thickness, float facing)
        {
            float shade = facing > 0 ? 1 : 0.55f;
            for (int y = 0; y < target.Height; y++)
            {
                for (int x = 0; x < target.Width; x++)
                {
                    Vector2 flat = (new Vector2(x + 0.5f, y + 0.5f) - centre) / ball;
                    float depthSquared = 1 - flat.LengthSquared();
                    if (depthSquared <= 0)
                        continue;
                    Vector3 normal = new(flat, MathF.Sqrt(depthSquared) * facing);
                    Vector3 on = ToBall(normal);
                    // near the rim the surface turns away, and a wire of the same width fills more of its angle
                    float foreshortening = Math.Max(MathF.Abs(normal.Z), 0.12f);
                    (float byMeridian, float byParallel) = LineDistances(on, ball, foreshortening);
                    float distance = Math.Min(byMeridian, byParallel) - thickness;
                    float coverage = DistanceField.Coverage(distance);
                    if (coverage <= 0)
                        continue;
                    float round = Math.Clamp(-distance / thickness, 0, 1);
                    Vector3 bulged = Vector3.Normalize(new Vector3(normal.X, normal.Y, MathF.Abs(normal.Z) * (0.3f + 0.9f * round) + 0.05f));
                    Vector3 own = byMeridian < byParallel ? colour : second;
                    target.Cover(y * target.Width + x, light.Shade(own * shade, bulged, gloss * shade), coverage);
                }
            }
        }

        // how the ball lies: turned in the picture plane, towards the viewer, around its own axis
        Vector3 ToBall(Vector3 normal)
        {
            Vector2 leaned = Exact.Turn(new Vector2(normal.X, normal.Y), lean);
            Vector2 nodded = Exact.Turn(new Vector2(leaned.Y, normal.Z), nod);
            Vector2 spun = Exact.Turn(new Vector2(leaned.X, nodded.Y), spin);
            return new Vector3(spun.X, nodded.X, spun.Y);
        }

        (float Meridian, float Parallel) LineDistances(Vector3 on, float ball, float foreshortening)
        {
            float belt = MathF.Sqrt(Math.Max(0, 1 - on.Y * on.Y));
            float longitude = MathF.Atan2(on.Z, on.X) / MathF.Tau * meridians;
            float latitude = (MathF.Asin(Math.Clamp(on.Y, -1, 1)) / MathF.PI + 0.5f) * parallels;
            float meridian = MathF.Abs(longitude - MathF.Round(longitude)) * MathF.Tau / meridians * belt * ball;
            float parallel = MathF.Abs(latitude - MathF.Round(latitude)) * MathF.PI / parallels * ball;
            return (meridian * foreshortening, parallel * foreshortening);
        }
    }
}
