using System.Numerics;

namespace Matting.Trainer.Synthesis.Noise;

/// <summary>
/// Two-dimensional gradient noise with quintic interpolation (Perlin, "Improving noise", 2002);
/// the gradients of the lattice come from an integer hash instead of a table.
/// </summary>
/// <remarks>
/// Only additions, multiplications and integer operations in a fixed order: lanes, tails and
/// machines agree bit for bit.
/// </remarks>
internal static class GradientNoise
{
    /// <summary>Adds noise in about [-amplitude, amplitude] to a row.</summary>
    /// <param name="xs">Horizontal positions; one lattice cell is 1.</param>
    /// <param name="ys">Vertical positions, as many.</param>
    /// <param name="scale">Multiplies the positions (2 halves the cells).</param>
    /// <param name="offset">Added to the scaled positions.</param>
    /// <param name="seed">Another seed is another pattern.</param>
    /// <param name="amplitude">Multiplies the noise.</param>
    /// <param name="sums">The row that is added to.</param>
    public static void AddRow(ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, float scale, float offset, uint seed, float amplitude, Span<float> sums)
    {
        int lanes = Vector<float>.Count;
        int whole = sums.Length - sums.Length % lanes;
        for (int i = 0; i < whole; i += lanes)
        {
            Vector<float> x = new Vector<float>(xs[i..]) * scale + new Vector<float>(offset);
            Vector<float> y = new Vector<float>(ys[i..]) * scale + new Vector<float>(offset);
            (new Vector<float>(sums[i..]) + At(x, y, seed) * amplitude).CopyTo(sums[i..]);
        }
        for (int i = whole; i < sums.Length; i++)
            sums[i] += At(xs[i] * scale + offset, ys[i] * scale + offset, seed) * amplitude;
    }

    /// <summary>The noise at one position: the scalar form of the row.</summary>
    public static float At(float x, float y, uint seed)
    {
        float cellX = MathF.Floor(x), cellY = MathF.Floor(y);
        int ix = (int)cellX, iy = (int)cellY;
        float dx = x - cellX, dy = y - cellY;
        float u = Fade(dx), v = Fade(dy);
        float upper = Lerp(Gradient(Hash(ix, iy, seed), dx, dy), Gradient(Hash(ix + 1, iy, seed), dx - 1, dy), u);
        float lower = Lerp(Gradient(Hash(ix, iy + 1, seed), dx, dy - 1), Gradient(Hash(ix + 1, iy + 1, seed), dx - 1, dy - 1), u);
        return Lerp(upper, lower, v);
    }

    /// <summary>A number of all 32 bits that depends on a lattice point and the seed.</summary>
    public static uint Hash(int x, int y, uint seed)
    {
        uint h = (uint)x * 374761393u + (uint)y * 668265263u + seed;
        h = (h ^ (h >> 13)) * 1274126177u;
        return h ^ (h >> 16);
    }

    private static Vector<float> At(Vector<float> x, Vector<float> y, uint seed)
    {
        Vector<float> cellX = Vector.Floor(x), cellY = Vector.Floor(y);
        Vector<uint> ix = Vector.AsVectorUInt32(Vector.ConvertToInt32(cellX)), iy = Vector.AsVectorUInt32(Vector.ConvertToInt32(cellY));
        Vector<float> one = Vector<float>.One;
        Vector<float> dx = x - cellX, dy = y - cellY;
        Vector<float> u = Fade(dx), v = Fade(dy);
        Vector<uint> nextX = ix + Vector<uint>.One, nextY = iy + Vector<uint>.One;
        Vector<float> upper = Lerp(Gradient(Hash(ix, iy, seed), dx, dy), Gradient(Hash(nextX, iy, seed), dx - one, dy), u);
        Vector<float> lower = Lerp(Gradient(Hash(ix, nextY, seed), dx, dy - one), Gradient(Hash(nextX, nextY, seed), dx - one, dy - one), u);
        return Lerp(upper, lower, v);
    }

    private static Vector<uint> Hash(Vector<uint> x, Vector<uint> y, uint seed)
    {
        Vector<uint> h = x * 374761393u + y * 668265263u + new Vector<uint>(seed);
        h = (h ^ (h >> 13)) * 1274126177u;
        return h ^ (h >> 16);
    }

    /// <summary>Product with one of eight directions (±1, ±½) and (±½, ±1): bit 2 swaps the axes, bits 0 and 1 are the signs.</summary>
    private static float Gradient(uint hash, float dx, float dy)
    {
        bool swap = (hash & 4) != 0;
        float along = swap ? dy : dx, across = (swap ? dx : dy) * 0.5f;
        return ((hash & 1) != 0 ? -along : along) + ((hash & 2) != 0 ? -across : across);
    }

    private static Vector<float> Gradient(Vector<uint> hash, Vector<float> dx, Vector<float> dy)
    {
        Vector<float> swap = Vector.AsVectorSingle(Vector.Equals(hash & new Vector<uint>(4), new Vector<uint>(4)));
        Vector<float> along = Vector.ConditionalSelect(swap, dy, dx), across = Vector.ConditionalSelect(swap, dx, dy) * 0.5f;
        // bits 0 and 1 moved to the sign bit flip the signs
        Vector<uint> alongSign = hash << 31, acrossSign = (hash >> 1) << 31;
        return Vector.AsVectorSingle(Vector.AsVectorUInt32(along) ^ alongSign) + Vector.AsVectorSingle(Vector.AsVectorUInt32(across) ^ acrossSign);
    }

    private static float Fade(float t) => t * t * t * (t * (t * 6 - 15) + 10);

    private static Vector<float> Fade(Vector<float> t) =>
        t * t * t * (t * (t * 6f - new Vector<float>(15)) + new Vector<float>(10));

    private static float Lerp(float a, float b, float t) => a + (b - a) * t;

    private static Vector<float> Lerp(Vector<float> a, Vector<float> b, Vector<float> t) => a + (b - a) * t;
}
