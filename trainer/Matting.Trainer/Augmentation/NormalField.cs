using System.Numerics.Tensors;
using Matting.Shared.Numerics;

namespace Matting.Trainer.Augmentation;

/// <summary>Fields of independent numbers of the standard normal distribution.</summary>
internal static class NormalField
{
    // pairs worked on together: their numbers stay in the fastest cache
    private const int Pairs = 512;

    /// <summary>Fills the field with both numbers of each of Box and Muller's pairs (1958), in float32.</summary>
    /// <remarks>64 random bits make a pair, so no number exceeds sqrt(2 ln 2^32), about 6.7.</remarks>
    internal static void Fill(SeededRandom random, Span<float> field)
    {
        Span<float> radii = stackalloc float[Pairs], turns = stackalloc float[Pairs];
        while (!field.IsEmpty)
        {
            int pairs = Math.Min(Pairs, (field.Length + 1) / 2), sines = Math.Min(pairs, field.Length - pairs);
            Draw(random, radii[..pairs], turns[..pairs]);
            Span<float> first = field[..pairs], second = field.Slice(pairs, sines);
            TensorPrimitives.CosPi(turns[..pairs], first);
            TensorPrimitives.Multiply(first, radii[..pairs], first);
            TensorPrimitives.SinPi(turns[..sines], second);
            TensorPrimitives.Multiply(second, radii[..sines], second);
            field = field[(pairs + sines)..];
        }
    }

    // sqrt(-2 ln u) with u above 0, up to 1; and half turns, 0 to 2
    private static void Draw(SeededRandom random, Span<float> radii, Span<float> turns)
    {
        for (int i = 0; i < radii.Length; i++)
        {
            ulong bits = random.NextUInt64();
            radii[i] = ((uint)(bits >> 32) + 1f) * (1f / (1UL << 32));
            turns[i] = (uint)bits * (1f / (1U << 31));
        }
        TensorPrimitives.Log<float>(radii, radii);
        TensorPrimitives.Multiply(radii, -2f, radii);
        TensorPrimitives.Sqrt<float>(radii, radii);
    }
}
