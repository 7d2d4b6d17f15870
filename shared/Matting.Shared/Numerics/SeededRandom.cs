namespace Matting.Shared.Numerics;

/// <summary>
/// A small deterministic generator whose state is derived from a key of numbers, for instance
/// (seed, epoch, sample index): the same key gives the same sequence on every machine, and no
/// sequence depends on how many numbers another one has drawn.
/// </summary>
/// <remarks>
/// The key is absorbed with the finaliser of SplitMix64 (Steele, Lea, Flood 2014); the sequence is
/// SplitMix64 itself, which passes BigCrush and needs eight bytes of state. Not for cryptography.
/// </remarks>
public sealed class SeededRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>Starts the sequence that belongs to <paramref name="key"/>; the order of its parts matters.</summary>
    /// <param name="key">Any numbers, for instance seed, epoch and sample index.</param>
    public SeededRandom(params ReadOnlySpan<long> key)
    {
        ulong state = Mix((ulong)key.Length + GoldenGamma);
        foreach (long part in key)
            state = Mix(state ^ Mix((ulong)part + GoldenGamma));
        _state = state;
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64() => Mix(_state += GoldenGamma);

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, <paramref name="exclusiveMaximum"/>), without modulo bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMaximum"/> is below 1.</exception>
    public int Next(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMaximum, 1);
        uint range = (uint)exclusiveMaximum;
        uint reject = (uint)(0x1_0000_0000UL % range);
        while (true)
        {
            // Lemire's multiply-shift; the low half below `reject` would favour small results
            ulong product = (NextUInt64() >> 32) * range;
            if ((uint)product >= reject)
                return (int)(product >> 32);
        }
    }

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>True with the given probability (0..1).</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>A number of the standard normal distribution (Box and Muller 1958, one of the pair).</summary>
    public double Normal()
    {
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
        return radius * Math.Cos(2.0 * Math.PI * NextDouble());
    }

    /// <summary>Puts the items into a random order in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
