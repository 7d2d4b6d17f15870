using Matting.Shared.Numerics;

namespace Matting.Trainer.Data;

/// <summary>In which order the samples of an epoch come.</summary>
public static class SampleOrder
{
    /// <summary>0, 1, 2, ...</summary>
    public static int[] Sequential(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>Every sample once, in an order that seed and epoch decide.</summary>
    public static int[] Shuffled(int count, long seed, long epoch)
    {
        int[] order = Sequential(count);
        new SeededRandom(seed, epoch).Shuffle(order.AsSpan());
        return order;
    }
}
