using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Colour and alpha of a glass wall with or without liquid behind it.</summary>
internal sealed class GlassLook
{
    private readonly Light _light;
    private readonly Vector3 _tint;
    private readonly Vector3 _liquid;
    private readonly float _clearness;
    private readonly float _density;

    public GlassLook(Light light, SeededRandom random)
    {
        _light = light;
        _tint = Colour.OfHsv(random.NextDouble(), random.Uniform(0.05, 0.7), random.Uniform(0.35, 0.95));
        _liquid = Colour.OfHsv(random.NextDouble(), random.Uniform(0.3, 0.9), random.Uniform(0.3, 0.9));
        _clearness = (float)random.Uniform(0.08, 0.32);
        _density = (float)random.Uniform(0.45, 0.88);
    }

    /// <summary>The look of one point.</summary>
    /// <param name="local">Place in the vessel: y from -1 (lip) to 1 (foot).</param>
    /// <param name="across">-1 at the left wall, 1 at the right.</param>
    /// <param name="normal">Unit normal of the wall.</param>
    /// <param name="filled">How the liquid is met here.</param>
    /// <param name="lip">1 on the ring around the opening.</param>
    public (Vector3 Colour, float Alpha) At(Vector2 local, float across, Vector3 normal, Filling filled, float lip)
    {
        // along the wall the way through glass is long, and it mirrors (after Schlick's Fresnel term)
        float rim = MathF.Pow(1 - normal.Z, 2.2f);
        Vector3 mirrored = _light.Ambient * (1.1f - 0.9f * normal.Y);
        Vector3 colour = Exact.Mix(_tint * (_light.Ambient + _light.Key * 0.35f), mirrored, 0.5f * rim);
        float alpha = _clearness + (1 - _clearness) * 0.9f * rim;
        if (filled != Filling.None)
        {
            Vector3 lit = _liquid * (_light.Key * (0.45f + 0.4f * (1 - MathF.Abs(across + _light.Direction.X * 0.5f))) + _light.Ambient);
            lit *= filled == Filling.Surface ? 1.4f : 1;
            (colour, alpha) = (Exact.Mix(lit, colour, rim * 0.45f), Math.Max(alpha, _density + (1 - _density) * rim));
        }
        // two window-like streaks, the stronger one on the side of the lamp
        float streak = Math.Max(Streak(across, _light.Direction.X * 0.72f, 0.07f), 0.45f * Streak(across, -_light.Direction.X * 0.8f, 0.04f));
        streak *= Math.Clamp(1.5f - 2 * MathF.Abs(local.Y + 0.1f), 0, 1);
        float highlight = Math.Clamp(streak + _light.Highlight(normal, 90) + 0.55f * lip, 0, 1);
        return (Exact.Mix(colour, _light.Key * 1.15f, highlight), alpha + (1 - alpha) * highlight * 0.85f);
    }

    private static float Streak(float across, float at, float width) => MathF.Exp(-(across - at) * (across - at) / (2 * width * width));
}

/// <summary>What is behind the wall of a vessel.</summary>
internal enum Filling
{
    /// <summary>Air.</summary>
    None,

    /// <summary>Liquid.</summary>
    Liquid,

    /// <summary>The surface of the liquid, seen from a little above.</summary>
    Surface,
}
