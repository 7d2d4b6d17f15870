using Matting.Shared.Metrics;
using Matting.Shared.Numerics;

namespace Matting.Shared.Tests.Metrics;

public sealed class AlphaDifferenceTests
{
    [Fact]
    public void The_measures_of_a_small_example_are_those_of_a_hand()
    {
        AlphaDifference difference = AlphaDifference.Of([0, 255, 10, 20], [0, 0, 20, 20]);
        Assert.Equal(((255.0 * 255) + 100) / (255.0 * 255 * 4), difference.Mse, 15);
        Assert.Equal(265 / (255.0 * 1000), difference.Sad, 15);
        Assert.Equal((255, 0.5), (difference.Maximum, difference.EqualShare));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(4097)]
    public void The_vector_loop_counts_what_the_plain_loop_counts(int length)
    {
        SeededRandom random = new(length);
        byte[] first = Values(random, length), second = [.. first];
        for (int i = 0; i < length; i += 3)
            second[i] = (byte)random.Next(256);
        Assert.Equal(LevelDifferences.Scalar(first, second), LevelDifferences.Of(first, second));
    }

    [Fact]
    public void The_largest_differences_do_not_overflow_over_several_blocks()
    {
        byte[] black = new byte[3_000_001], white = new byte[black.Length];
        white.AsSpan().Fill(255);
        Assert.Equal(new AlphaDifference(1, black.Length / 1000.0, 255, 0), AlphaDifference.Of(black, white));
        Assert.Equal(new AlphaDifference(0, 0, 0, 1), AlphaDifference.Of(white, white));
    }

    [Fact]
    public void A_pixel_is_equal_when_all_its_channels_are()
    {
        byte[] first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        byte[] second = [1, 2, 3, 4, 5, 6, 7, 9, 9, 10, 11, 12];
        Assert.Equal(2 / 3.0, AlphaDifference.Of(first, second, channels: 4).EqualShare, 15);
        Assert.Equal(0.75, AlphaDifference.Of(first, second, channels: 3).EqualShare, 15);
        Assert.Equal(1, AlphaDifference.Of(first, first, channels: 4).EqualShare);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AlphaDifference.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => AlphaDifference.Of([], []));
        Assert.Throws<ArgumentException>(() => AlphaDifference.Of([1, 2, 3], [1, 2, 3], channels: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaDifference.Of([1], [1], channels: 0));
    }

    private static byte[] Values(SeededRandom random, int length)
    {
        byte[] values = new byte[length];
        for (int i = 0; i < length; i++)
            values[i] = (byte)random.Next(256);
        return values;
    }
}
