using Matting.Shared.Numerics;

namespace Matting.Fuzz.Mutations;

/// <summary>Numbers at which readers break: ends of ranges, powers of two, small ones, negative ones.</summary>
internal static class InterestingNumbers
{
    private static readonly long[] Known =
    [
        0, 1, -1, 2, 3, 4, 7, 8, 16, 31, 32, 64, 100, 127, 128, 255, 256, 1000, 1024, 4096, short.MaxValue, 1 << 15, ushort.MaxValue, 1 << 16,
        1 << 20, 1 << 24, 1 << 28, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, 1L << 62, long.MaxValue, long.MinValue, int.MinValue, -2, -128, short.MinValue,
    ];

    public static long Pick(SeededRandom random) => Known[random.Next(Known.Length)] + (random.Chance(0.2) ? random.Next(5) - 2 : 0);

    /// <summary>A number near what real files have, or one of the known ones.</summary>
    public static long Near(SeededRandom random, long value) => random.Next(4) switch
    {
        0 => unchecked(value + random.Next(35) - 17),
        1 => unchecked(value * (1L << random.Next(34))),
        2 => random.Next(65),
        _ => Pick(random),
    };
}
