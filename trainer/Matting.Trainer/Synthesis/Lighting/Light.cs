using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;

namespace Matting.Trainer.Synthesis.Lighting;

/// <summary>The light of a scene: one lamp or sun, and what comes from everywhere.</summary>
internal sealed class Light
{
    private readonly Vector3 _halfway;

    /// <summary>Chooses a light.</summary>
    /// <param name="random">The choice.</param>
    /// <param name="surroundings">Mean colour of the background: it tints the ambient light.</param>
    public Light(SeededRandom random, Vector3 surroundings)
    {
        float azimuth = (float)random.Uniform(0, Math.Tau);
        float height = (float)random.Uniform(0.35, 0.85);
        (float sine, float cosine) = MathF.SinCos(azimuth);
        // y points down: light from below is rare
        Direction = Vector3.Normalize(new Vector3(cosine, sine > 0 ? -sine : sine * 0.9f, 0) + new Vector3(0, 0, height * 1.4f));
        _halfway = Vector3.Normalize(Direction + Vector3.UnitZ);
        Key = Colour.Temperature((float)random.NextDouble()) * (float)random.Uniform(0.75, 1.25);
        float share = Math.Max(Colour.Luma(surroundings), 0.02f);
        Vector3 tint = Exact.Mix(Colour.White, surroundings / share, 0.35f);
        Ambient = tint * (float)random.Uniform(0.14, 0.4);
    }

    /// <summary>Unit vector to the light: x right, y down, z to the viewer.</summary>
    public Vector3 Direction { get; }

    public Vector3 Key { get; }

    public Vector3 Ambient { get; }

    /// <summary>Colour of a lit surface.</summary>
    /// <param name="albedo">Its own colour, linear.</param>
    /// <param name="normal">Unit normal, z to the viewer.</param>
    /// <param name="gloss">Strength of the highlight: 0 is matt, 1 is varnish.</param>
    /// <param name="sharpness">Exponent of the highlight (Blinn and Phong).</param>
    public Vector3 Shade(Vector3 albedo, Vector3 normal, float gloss = 0, float sharpness = 40)
    {
        float facing = Math.Max(0, (Vector3.Dot(normal, Direction) + 0.25f) / 1.25f);
        float fromAbove = 0.75f - 0.25f * normal.Y;
        Vector3 lit = albedo * (Key * facing + Ambient * fromAbove);
        return gloss > 0 ? lit + Key * (gloss * Highlight(normal, sharpness)) : lit;
    }

    /// <summary>Strength of the mirrored lamp, 0..1.</summary>
    public float Highlight(Vector3 normal, float sharpness) =>
        MathF.Pow(Math.Max(0, Vector3.Dot(normal, _halfway)), sharpness);
}
