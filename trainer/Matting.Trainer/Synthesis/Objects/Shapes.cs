using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Circles that flow into each other (polynomial smooth minimum).</summary>
/// <param name="Circles">x, y, radius of each.</param>
/// <param name="Softness">Width of the bridge between two circles in pixels.</param>
internal sealed record BlobShape(IReadOnlyList<Vector3> Circles, float Softness) : IShape
{
    public float Distance(Vector2 point)
    {
        float distance = float.MaxValue;
        foreach (Vector3 circle in Circles)
        {
            float one = Vector2.Distance(point, new Vector2(circle.X, circle.Y)) - circle.Z;
            if (distance == float.MaxValue)
            {
                distance = one;
                continue;
            }
            float blend = Math.Clamp(0.5f + 0.5f * (one - distance) / Softness, 0, 1);
            distance = one + (distance - one) * blend - Softness * blend * (1 - blend);
        }
        return distance;
    }
}

/// <summary>An outline given by its radius in every direction: petals, stars, pebbles.</summary>
/// <param name="Centre">Its middle in pixels.</param>
/// <param name="Radius">Mean radius in pixels.</param>
/// <param name="Waves">Strength (share of the radius), number and phase of each wave around the outline.</param>
/// <param name="Squeeze">Height over width.</param>
internal sealed record WavyShape(Vector2 Centre, float Radius, IReadOnlyList<Vector3> Waves, float Squeeze) : IShape
{
    /// <summary>A star, a flower, a pebble or anything between.</summary>
    public static WavyShape Any(Place place, SeededRandom random)
    {
        int petals = 2 + random.Next(7);
        Vector3[] waves =
        [
            new((float)random.Uniform(0.02, 0.3), petals, (float)random.Uniform(0, Math.Tau)),
            new((float)random.Uniform(0, 0.12), 1 + random.Next(3), (float)random.Uniform(0, Math.Tau)),
        ];
        return new WavyShape(place.Centre, place.Radius * 0.85f, waves, (float)random.Uniform(0.7, 1.3));
    }

    public float Distance(Vector2 point)
    {
        Vector2 way = point - Centre;
        way.Y /= Squeeze;
        float angle = MathF.Atan2(way.Y, way.X);
        (float radius, float slope) = (1, 0);
        foreach (Vector3 wave in Waves)
        {
            (float sine, float cosine) = MathF.SinCos(wave.Y * angle + wave.Z);
            radius += wave.X * cosine;
            slope -= wave.X * wave.Y * sine;
        }
        // across a tilted outline the distance is shorter than along the ray
        float steepness = MathF.Sqrt(1 + slope * slope / Math.Max(radius * radius, 0.05f));
        return (way.Length() - radius * Radius) / steepness * Math.Min(1, Squeeze);
    }
}

/// <summary>A ring: a round tube around an ellipse.</summary>
/// <param name="Centre">Its middle in pixels.</param>
/// <param name="Axes">Half axes of the ellipse in pixels.</param>
/// <param name="Angle">Direction of the first axis in radians.</param>
/// <param name="Tube">Radius of the tube in pixels.</param>
internal sealed record RingShape(Vector2 Centre, Vector2 Axes, float Angle, float Tube) : IShape
{
    public float Distance(Vector2 point)
    {
        Vector2 way = Exact.Turn(point - Centre, -Angle);
        Vector2 scaled = way / Axes;
        float level = scaled.Length();
        // first-order distance to the level set |p / axes| = 1
        float slope = (scaled / Axes).Length() / Math.Max(level, 1e-3f);
        return MathF.Abs(level - 1) / slope - Tube;
    }
}
