using Matting.Shared.Imaging;

namespace Matting.Trainer.Pictures;

/// <summary>How often an alpha takes which values.</summary>
public sealed class AlphaHistogram
{
    /// <summary>Bins of equal width from 0 to 1.</summary>
    public const int Bins = 64;

    /// <summary>Alphas between this and <see cref="MidToneTo"/> are mid-tones: neither background nor solid object.</summary>
    public const double MidToneFrom = 0.05;

    /// <summary>See <see cref="MidToneFrom"/>.</summary>
    public const double MidToneTo = 0.95;

    private const int Levels = 256;

    private AlphaHistogram(long[] counts)
    {
        double pixels = counts.Sum();
        double[] shares = new double[Bins];
        for (int level = 0; level < Levels; level++)
        {
            shares[level * Bins / Levels] += counts[level] / pixels;
            if (IsMidTone(level))
                MidTones += counts[level] / pixels;
        }
        Shares = shares;
        Mean = Enumerable.Range(0, Levels).Sum(level => counts[level] / pixels * level / 255);
    }

    /// <summary>The share of the pixels in each bin; they add up to 1.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>The share of the pixels that are mid-tones, 0 to 1.</summary>
    public double MidTones { get; }

    /// <summary>The mean alpha, 0 to 1.</summary>
    public double Mean { get; }

    /// <summary>Counts the values of one alpha or of several together.</summary>
    /// <param name="alphas">Grey pictures, at least one.</param>
    /// <exception cref="ArgumentException">There is none, or one is not grey.</exception>
    public static AlphaHistogram Of(params IReadOnlyList<PixelImage> alphas)
    {
        ArgumentNullException.ThrowIfNull(alphas);
        ArgumentOutOfRangeException.ThrowIfZero(alphas.Count);
        long[] counts = new long[Levels];
        foreach (PixelImage alpha in alphas)
        {
            if (alpha.Channels != 1)
                throw new ArgumentException($"a grey picture is wanted, got one with {alpha.Channels} channels", nameof(alphas));
            foreach (byte level in alpha.Pixels)
                counts[level]++;
        }
        return new AlphaHistogram(counts);
    }

    /// <summary>True when a bin lies between the limits of the mid-tones as a whole.</summary>
    internal static bool IsMidToneBin(int bin) => IsMidTone(bin * Levels / Bins) && IsMidTone((bin + 1) * Levels / Bins - 1);

    private static bool IsMidTone(int level) => level / 255.0 is > MidToneFrom and < MidToneTo;
}
