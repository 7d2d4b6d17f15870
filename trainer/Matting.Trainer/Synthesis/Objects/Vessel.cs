using System.Numerics;
using Matting.Shared.Numerics;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>
/// A turned vessel seen from a little above: its half width along the height, with lip, surface of
/// the filling and foot as ellipses. Coordinates: y from -1 (lip) to 1 (foot), lengths in the same unit.
/// </summary>
internal sealed class Vessel
{
    // height over width of a circle seen from a little above
    private const float Tilt = 0.16f;
    private const float WallThickness = 0.022f;
    private readonly float[] _halves;
    private readonly float _bottom;

    /// <summary>Chooses a form: bottle, vase, tumbler or stemmed glass.</summary>
    public Vessel(SeededRandom random)
    {
        float belly = (float)random.Uniform(0.4, 0.64), neck = belly * (float)random.Uniform(0.3, 1.0);
        float foot = belly * (float)random.Uniform(0.55, 1), lip = neck * (float)random.Uniform(0.95, 1.35);
        bool stemmed = random.Chance(0.3);
        _bottom = stemmed ? -0.22f : 0.93f;
        _halves = stemmed
            ? [lip * 1.2f, belly, belly * 0.95f, belly * 0.6f, 0.06f, 0.05f, 0.07f, foot]
            : [lip, neck, neck * 1.05f, belly * 0.9f, belly, belly * 0.97f, foot];
    }

    /// <summary>The height (y) of the inner bottom; nothing below it can be filled.</summary>
    public float Bottom => _bottom;

    /// <summary>Signed distance from the silhouette, negative inside.</summary>
    public float Distance(Vector2 point)
    {
        float wall = (MathF.Abs(point.X) - HalfWidth(point.Y)) * Steepness(point.Y);
        float foot = _halves[^1];
        // below the foot's middle the front of its circle goes on; above the lip the back of its circle
        float bottom = point.Y - 1 - Arc(point.X, foot);
        float top = -1 - Arc(point.X, _halves[0]) - point.Y;
        return Math.Max(wall, Math.Max(bottom, top));
    }

    /// <summary>-1 at the left wall, 1 at the right; never quite there, so that a normal exists.</summary>
    public float Across(Vector2 point) => Math.Clamp(point.X / HalfWidth(point.Y), -0.999f, 0.999f);

    /// <summary>How fast the wall narrows downwards: turns its normal up (negative) or down.</summary>
    public float Slope(float y) => -(HalfWidth(y + 0.01f) - HalfWidth(y - 0.01f)) / 0.02f;

    /// <summary>Signed distance from the ring of the lip.</summary>
    public float LipDistance(Vector2 point)
    {
        Vector2 scaled = new(point.X / _halves[0], (point.Y + 1) / (_halves[0] * Tilt));
        float level = scaled.Length();
        float slope = new Vector2(scaled.X / _halves[0], scaled.Y / (_halves[0] * Tilt)).Length() / Math.Max(level, 1e-3f);
        return MathF.Abs(level - 1) / slope - WallThickness / 2;
    }

    /// <summary>What is seen behind the wall when the vessel is filled up to a height (y).</summary>
    public Filling FilledTo(Vector2 point, float level)
    {
        if (level >= _bottom || point.Y > _bottom + Arc(point.X, HalfWidth(_bottom)) || MathF.Abs(point.X) > HalfWidth(point.Y) - WallThickness)
            return Filling.None;
        float arc = Arc(point.X, HalfWidth(level));
        return point.Y < level - arc ? Filling.None : point.Y < level + arc ? Filling.Surface : Filling.Liquid;
    }

    private static float Arc(float x, float half) => Tilt * MathF.Sqrt(Math.Max(0, half * half - x * x));

    /// <summary>Catmull and Rom's spline through the given half widths; beyond the ends it stays level.</summary>
    private float HalfWidth(float y)
    {
        float place = (Math.Clamp(y, -1, 1) + 1) / 2 * (_halves.Length - 1);
        int i = Math.Min((int)place, _halves.Length - 2);
        float t = place - i;
        float p0 = _halves[Math.Max(i - 1, 0)], p1 = _halves[i], p2 = _halves[i + 1], p3 = _halves[Math.Min(i + 2, _halves.Length - 1)];
        float value = p1 + 0.5f * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
        return Math.Max(0.04f, value);
    }

    /// <summary>Turns a horizontal distance from the wall into the shortest one.</summary>
    private float Steepness(float y)
    {
        float slope = Slope(y);
        return 1 / MathF.Sqrt(1 + slope * slope);
    }
}
