using Matting.CommandLine;

namespace Matting.Shared.Tests.CommandLine;

public sealed class HumanTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(4_823_450, "4.6 MiB")]
    [InlineData(long.MaxValue, "8388608 TiB")]
    public void Bytes_have_a_binary_unit(long bytes, string text) => Assert.Equal(text, HumanText.Bytes(bytes));

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(7805, "2 h 10 min")]
    [InlineData(-5, "-5.0 s")]
    public void Durations_have_one_or_two_units(double seconds, string text) =>
        Assert.Equal(text, HumanText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.0004, "0.00 ms")]
    [InlineData(0.424, "0.42 ms")]
    [InlineData(9.996, "10.0 ms")]
    [InlineData(38.46, "38.5 ms")]
    [InlineData(410.2, "410 ms")]
    [InlineData(999.6, "1.00 s")]
    [InlineData(2414, "2.41 s")]
    [InlineData(184_300, "184 s")]
    public void Latencies_have_three_digits(double milliseconds, string text) =>
        Assert.Equal(text, HumanText.Latency(TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond))));

    [Theory]
    [InlineData(0.414, "0.41")]
    [InlineData(12.34, "12.3")]
    [InlineData(482.4, "482")]
    public void Rates_have_two_or_three_digits(double rate, string text) => Assert.Equal(text, HumanText.Rate(rate));

    [Fact]
    public void Counts_are_grouped_by_commas() => Assert.Equal("1,131,181", HumanText.Count(1_131_181));
}
