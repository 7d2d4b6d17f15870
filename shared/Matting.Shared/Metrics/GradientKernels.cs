using System.Numerics;
using System.Runtime.InteropServices;

namespace Matting.Shared.Metrics;

/// <summary>
/// Inner loops of <see cref="GradientRows"/>; lengths are whole vectors. Products and sums are rounded one by one, never fused, so
/// processors with and without fused multiply-add give the same errors.
/// </summary>
internal static class GradientKernels
{
    private const int Radius = GaussianDerivative.Radius;

    /// <summary>Smooths a row and takes its slope.</summary>
    /// <param name="padded">The row with <see cref="GaussianDerivative.Radius"/> more values on both sides.</param>
    /// <param name="smooth">Receives the row smoothed.</param>
    /// <param name="slope">Receives its derivative.</param>
    internal static void Horizontal(ReadOnlySpan<float> padded, Span<float> smooth, Span<float> slope)
    {
        float[] smoothTaps = GaussianDerivative.Smooth, slopeTaps = GaussianDerivative.Slope;
        ref float source = ref MemoryMarshal.GetReference(padded);
        for (int x = 0; x < smooth.Length; x += Vector<float>.Count)
        {
            Vector<float> smoothed = Vector.LoadUnsafe(ref source, (nuint)(x + Radius)) * smoothTaps[0];
            Vector<float> sloped = Vector<float>.Zero;
            for (int distance = 1; distance <= Radius; distance++)
            {
                Vector<float> left = Vector.LoadUnsafe(ref source, (nuint)(x + Radius - distance));
                Vector<float> right = Vector.LoadUnsafe(ref source, (nuint)(x + Radius + distance));
                smoothed += (left + right) * smoothTaps[distance];
                sloped += (right - left) * slopeTaps[distance];
            }
            smoothed.CopyTo(smooth[x..]);
            sloped.CopyTo(slope[x..]);
        }
    }

    /// <summary>Finishes both derivatives downwards and takes the length of the gradient.</summary>
    /// <param name="slope">Rows with their derivative sideways, to be smoothed downwards.</param>
    /// <param name="smooth">Rows smoothed sideways, whose derivative downwards is taken.</param>
    /// <param name="places">Where the row of each tap begins, from the top one to the bottom one.</param>
    /// <param name="magnitudes">Receives the lengths.</param>
    internal static void Vertical(float[] slope, float[] smooth, int[] places, Span<float> magnitudes)
    {
        float[] smoothTaps = GaussianDerivative.Smooth, slopeTaps = GaussianDerivative.Slope;
        ref float slopes = ref MemoryMarshal.GetArrayDataReference(slope);
        ref float smooths = ref MemoryMarshal.GetArrayDataReference(smooth);
        for (int x = 0; x < magnitudes.Length; x += Vector<float>.Count)
        {
            Vector<float> sideways = Vector.LoadUnsafe(ref slopes, (nuint)(places[Radius] + x)) * smoothTaps[0];
            Vector<float> downwards = Vector<float>.Zero;
            for (int distance = 1; distance <= Radius; distance++)
            {
                int above = places[Radius - distance] + x, below = places[Radius + distance] + x;
                sideways += (Vector.LoadUnsafe(ref slopes, (nuint)above) + Vector.LoadUnsafe(ref slopes, (nuint)below)) * smoothTaps[distance];
                downwards += (Vector.LoadUnsafe(ref smooths, (nuint)below) - Vector.LoadUnsafe(ref smooths, (nuint)above)) * slopeTaps[distance];
            }
            Vector.SquareRoot((sideways * sideways) + (downwards * downwards)).CopyTo(magnitudes[x..]);
        }
    }
}
