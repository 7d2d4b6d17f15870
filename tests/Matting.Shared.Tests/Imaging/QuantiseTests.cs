using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

public class QuantiseTests
{
    [Theory]
    [InlineData(0f, 0)]
    [InlineData(1f, 255)]
    [InlineData(0.5f, 127)]
    [InlineData(0.999999f, 254)]
    [InlineData(1.5f, 255)]
    [InlineData(-0.1f, 0)]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, 255)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(float.Epsilon, 0)]
    public void A_value_is_cut_off_not_rounded(float value, byte level)
    {
        Assert.Equal(level, Quantise.Truncate(value));
        byte[] levels = new byte[41];
        Quantise.Truncate([.. Enumerable.Repeat(value, 41)], levels);
        Assert.All(levels, actual => Assert.Equal(level, actual));
    }

    [Fact]
    public void Blocks_and_tails_equal_single_values()
    {
        Random random = new(1);
        for (int length = 0; length < 140; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 1.4f) - 0.2f)];
            byte[] levels = new byte[length];
            Quantise.Truncate(values, levels);
            Assert.Equal(values.Select(Quantise.Truncate), levels);
        }
    }

    [Fact]
    public void Every_level_divided_by_255_comes_back()
    {
        for (int level = 0; level < 256; level++)
            Assert.Equal(level, Quantise.Truncate(level / 255f));
    }

    [Fact]
    public void Different_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(() => Quantise.Truncate(new float[3], new byte[4]));
}
