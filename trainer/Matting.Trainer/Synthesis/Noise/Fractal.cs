using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;

namespace Matting.Trainer.Synthesis.Noise;

/// <summary>
/// Fractional Brownian motion: octaves of gradient noise, each half as large and half as strong as
/// the one before (or as <see cref="Gain"/> says). Values lie in about [-1, 1].
/// </summary>
internal sealed class Fractal
{
    private readonly uint _seed;
    private readonly Vector2 _axisX;
    private readonly Vector2 _axisY;

    /// <summary>Creates a pattern.</summary>
    /// <param name="random">Gives seed and place of the pattern.</param>
    /// <param name="cell">Size of the largest features in pixels.</param>
    /// <param name="octaves">Number of octaves, 1 or more.</param>
    /// <param name="angle">Direction of the stretch in radians.</param>
    /// <param name="stretch">How much longer than wide features are along that direction.</param>
    public Fractal(SeededRandom random, float cell, int octaves, float angle = 0, float stretch = 1)
    {
        _seed = (uint)random.NextUInt64();
        Octaves = octaves;
        (float sine, float cosine) = MathF.SinCos(angle);
        _axisX = new Vector2(cosine, sine) / (cell * stretch);
        _axisY = new Vector2(-sine, cosine) / cell;
    }

    public int Octaves { get; }

    /// <summary>Strength of each octave relative to the one before.</summary>
    public float Gain { get; init; } = 0.5f;

    /// <summary>The pattern at every pixel centre.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="warpX">Horizontal displacement of each pixel in pixels, or null.</param>
    /// <param name="warpY">Vertical displacement; given together with <paramref name="warpX"/>.</param>
    public ScalarField Fill(int width, int height, ScalarField? warpX = null, ScalarField? warpY = null)
    {
        ScalarField plane = new(width, height);
        float[] us = new float[width], vs = new float[width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Vector2 point = new(x + 0.5f, y + 0.5f);
                if (warpX is not null && warpY is not null)
                    point += new Vector2(warpX.Row(y)[x], warpY.Row(y)[x]);
                us[x] = Vector2.Dot(point, _axisX);
                vs[x] = Vector2.Dot(point, _axisY);
            }
            AddOctaves(us, vs, plane.Row(y));
        }
        return plane;
    }

    /// <summary>The pattern at one point.</summary>
    public float At(Vector2 point)
    {
        Span<float> u = [Vector2.Dot(point, _axisX)];
        Span<float> v = [Vector2.Dot(point, _axisY)];
        Span<float> sum = [0f];
        AddOctaves(u, v, sum);
        return sum[0];
    }

    private void AddOctaves(ReadOnlySpan<float> us, ReadOnlySpan<float> vs, Span<float> sums)
    {
        // the noise alone reaches about 0.75, the sum of all octaves 1 / (1 - gain) times that
        float amplitude = 1.6f * (1 - Gain);
        float scale = 1;
        for (uint octave = 0; octave < Octaves; octave++)
        {
            // another place of the lattice for each octave hides that the lattices line up
            GradientNoise.AddRow(us, vs, scale, 17.31f * octave, _seed + octave * 0x9E3779B9u, amplitude, sums);
            scale *= 2;
            amplitude *= Gain;
        }
    }
}
