using Matting.Shared.Numerics;

namespace Matting.Trainer.Augmentation;

/// <summary>Fields of independent numbers of the standard normal distribution.</summary>
internal static class NormalField
{
    /// <summary>Fills the field with both numbers of each of Box and Muller's pairs (1958).</summary>
    internal static void Fill(SeededRandom random, Span<float> field)
    {
        for (int i = 0; i < field.Length; i += 2)
        {
            double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble()));
            (double sine, double cosine) = Math.SinCos(2.0 * Math.PI * random.NextDouble());
            field[i] = (float)(radius * cosine);
            if (i + 1 < field.Length)
                field[i + 1] = (float)(radius * sine);
        }
    }
}
