using Matting.Shared.Numerics;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Augmentation;

/// <summary>Draws from the ranges of settings.</summary>
internal static class RandomRange
{
    /// <summary>A number from the first to the second.</summary>
    public static double Draw(this NumberPair range, SeededRandom random) => random.Uniform(range.First, range.Second);
}
