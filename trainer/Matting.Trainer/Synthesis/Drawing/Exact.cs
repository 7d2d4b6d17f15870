using System.Numerics;

namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>
/// Vector operations whose roundings happen in a fixed order. Those of System.Numerics with the same
/// purpose may fuse a product and a sum where the processor can, and pictures would differ from one
/// processor to another.
/// </summary>
internal static class Exact
{
    /// <summary>From <paramref name="a"/> (0) to <paramref name="b"/> (1).</summary>
    public static Vector2 Mix(Vector2 a, Vector2 b, float share) => a + (b - a) * share;

    /// <inheritdoc cref="Mix(Vector2, Vector2, float)"/>
    public static Vector3 Mix(Vector3 a, Vector3 b, float share) => a + (b - a) * share;

    /// <summary>The same with a share for each channel.</summary>
    public static Vector3 Mix(Vector3 a, Vector3 b, Vector3 shares) => a + (b - a) * shares;

    /// <inheritdoc cref="Mix(Vector2, Vector2, float)"/>
    public static Vector4 Mix(Vector4 a, Vector4 b, float share) => a + (b - a) * share;

    /// <summary>Turned around the origin; with y pointing down a positive angle (radians) turns clockwise.</summary>
    public static Vector2 Turn(Vector2 way, float angle)
    {
        (float sine, float cosine) = MathF.SinCos(angle);
        return new Vector2(way.X * cosine - way.Y * sine, way.X * sine + way.Y * cosine);
    }
}
