using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>The own colour of a surface at every pixel: a pattern between two colours, with fine grain.</summary>
internal sealed class Texture
{
    private readonly ScalarField _pattern;
    private readonly ScalarField _grain;
    private readonly Vector3 _first;
    private readonly Vector3 _second;

    private Texture(ScalarField pattern, ScalarField grain, Vector3 first, Vector3 second) =>
        (_pattern, _grain, _first, _second) = (pattern, grain, first, second);

    /// <summary>Chooses a pattern (mottled, striped, spotted, marbled) around a colour.</summary>
    /// <param name="random">The choice.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="feature">Size of what is textured, in pixels.</param>
    /// <param name="colour">The main colour.</param>
    public static Texture Any(SeededRandom random, int width, int height, float feature, Vector3 colour)
    {
        Vector3 second = random.Chance(0.35) ? Colour.Any(random) : Colour.Relative(colour, random, 0.9f);
        float angle = (float)random.Uniform(0, Math.PI);
        ScalarField pattern = random.Next(4) switch
        {
            0 => Mottled(new Fractal(random, feature * 0.5f, 4), width, height),
            1 => Striped(random, width, height, feature, angle),
            2 => Spotted(random, width, height, feature),
            _ => Marbled(random, width, height, feature, angle),
        };
        ScalarField grain = new Fractal(random, Math.Max(2, feature * 0.04f), 3).Fill(width, height);
        return new Texture(pattern, grain, colour, second);
    }

    public Vector3 At(int index) =>
        Exact.Mix(_first, _second, _pattern.Values[index]) * (1 + 0.16f * _grain.Values[index]);

    private static ScalarField Mottled(Fractal fractal, int width, int height)
    {
        ScalarField field = fractal.Fill(width, height);
        foreach (ref float value in field.Values.AsSpan())
            value = Math.Clamp(0.5f + value, 0, 1);
        return field;
    }

    private static ScalarField Striped(SeededRandom random, int width, int height, float feature, float angle)
    {
        ScalarField field = new Fractal(random, feature * 0.6f, 3).Fill(width, height);
        float waves = (float)random.Uniform(3, 8) * MathF.Tau / feature, wobble = (float)random.Uniform(0.2, 3);
        Vector2 direction = new(MathF.Cos(angle), MathF.Sin(angle));
        for (int i = 0; i < field.Values.Length; i++)
        {
            float phase = Vector2.Dot(direction, new Vector2(i % width, i / width)) * waves + field.Values[i] * wobble;
            field.Values[i] = Math.Clamp(0.5f + 2.2f * MathF.Sin(phase), 0, 1);
        }
        return field;
    }

    private static ScalarField Spotted(SeededRandom random, int width, int height, float feature)
    {
        Cells cells = new(random, feature * (float)random.Uniform(0.14, 0.3));
        ScalarField field = new(width, height);
        for (int i = 0; i < field.Values.Length; i++)
        {
            (float first, _, uint id) = cells.At(new Vector2(i % width, i / width));
            float radius = 0.22f + 0.2f * (id & 0xFF) / 255f;
            field.Values[i] = Math.Clamp((radius - first) * 9, 0, 1);
        }
        return field;
    }

    private static ScalarField Marbled(SeededRandom random, int width, int height, float feature, float angle)
    {
        ScalarField warp = new Fractal(random, feature * 0.5f, 3).Fill(width, height);
        foreach (ref float value in warp.Values.AsSpan())
            value *= feature * 0.25f;
        ScalarField field = new Fractal(random, feature * 0.35f, 5, angle, 2).Fill(width, height, warp, warp);
        foreach (ref float value in field.Values.AsSpan())
            value = MathF.Pow(Math.Max(0, 1 - MathF.Abs(value) * 2.4f), 2);
        return field;
    }
}
