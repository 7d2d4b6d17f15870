using System.Numerics;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>Paints a shape as a lit, opaque body.</summary>
internal static class Solid
{
    /// <summary>Covers the inside of the shape; edges are antialiased.</summary>
    /// <param name="canvas">Painted on.</param>
    /// <param name="field">The shape.</param>
    /// <param name="roundness">Radius of the edge in pixels: large is a ball, small a plate.</param>
    /// <param name="albedo">Own colour of the surface, linear, by pixel index.</param>
    /// <param name="light">Lights it.</param>
    /// <param name="gloss">Strength of the highlight, 0..1.</param>
    /// <param name="relief">Bends the normals: its slope is a bump map; null is smooth.</param>
    public static void Paint(
        Canvas canvas, DistanceField field, float roundness, Func<int, Vector3> albedo, Light light, float gloss, ScalarField? relief = null)
    {
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                float coverage = DistanceField.Coverage(field.At(x, y));
                if (coverage <= 0)
                    continue;
                Vector3 normal = field.InflatedNormal(x, y, roundness);
                if (relief is not null)
                    normal = Vector3.Normalize(normal + Bump(relief, x, y));
                int index = y * canvas.Width + x;
                canvas.Cover(index, light.Shade(albedo(index), normal, gloss), coverage);
            }
        }
    }

    private static Vector3 Bump(ScalarField relief, int x, int y)
    {
        ReadOnlySpan<float> row = relief.Row(y);
        ReadOnlySpan<float> below = relief.Row(Math.Min(y + 1, relief.Height - 1));
        return new Vector3(row[x] - row[Math.Min(x + 1, row.Length - 1)], row[x] - below[x], 0);
    }
}
