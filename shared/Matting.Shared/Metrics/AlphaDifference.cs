namespace Matting.Shared.Metrics;

/// <summary>How far two 8-bit pictures of one size are apart: neither is the truth. Exact, however large the pictures.</summary>
/// <param name="Mse">Mean squared difference over all values, in 0..1.</param>
/// <param name="Sad">Sum of absolute differences, values in 0..1, in thousands (<see cref="AlphaErrors.Thousand"/>); grows with the number of pixels.</param>
/// <param name="Maximum">The largest difference of a value, in levels of 0..255.</param>
/// <param name="EqualShare">Share of the pixels that are equal in all channels, 0..1.</param>
public readonly record struct AlphaDifference(double Mse, double Sad, int Maximum, double EqualShare)
{
    private const double Levels = 255;

    /// <summary>Compares the values of two pictures one by one.</summary>
    /// <param name="first">Values of one picture, pixel after pixel.</param>
    /// <param name="second">Values of the other, as many.</param>
    /// <param name="channels">Values of a pixel, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, are 0 or no multiple of <paramref name="channels"/>.</exception>
    public static AlphaDifference Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int channels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (first.Length != second.Length || first.IsEmpty || first.Length % channels != 0)
            throw new ArgumentException($"{first.Length} and {second.Length} values of {channels} channels are not two pictures of one size", nameof(second));
        LevelSums sums = LevelDifferences.Of(first, second);
        long equal = channels == 1 ? sums.Equal : EqualPixels(first, second, channels);
        return new AlphaDifference(
            sums.Squared / (Levels * Levels * first.Length),
            sums.Absolute / (Levels * AlphaErrors.Thousand),
            sums.Maximum,
            (double)equal * channels / first.Length);
    }

    private static long EqualPixels(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int channels)
    {
        long equal = 0;
        for (int i = 0; i < first.Length;)
        {
            // the library's search for the first difference is vectorised
            int same = first[i..].CommonPrefixLength(second[i..]);
            equal += same / channels;
            i += ((same / channels) + 1) * channels;
        }
        return equal;
    }
}
