using Matting.Trainer.Reports.Charts;

namespace Matting.Trainer.Tests.Reports;

public sealed class ChartAxisTests
{
    [Theory]
    [InlineData(0.03, 0.05)]
    [InlineData(0.05, 0.05)]
    [InlineData(0.21, 0.25)]
    [InlineData(1.1, 2)]
    [InlineData(7, 10)]
    [InlineData(1e-6, 1e-6)]
    [InlineData(3e5, 5e5)]
    public void Steps_are_1_2_2_and_a_half_or_5_times_a_power_of_ten(double rough, double nice) => Assert.Equal(nice, ChartAxis.NiceStep(rough));

    [Fact]
    public void A_linear_axis_ends_at_ticks_without_rounding_errors_in_them()
    {
        ChartAxis axis = ChartAxis.Of(0.04, 0.31, 4, fromZero: false);

        Assert.False(axis.Logarithmic);
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4], axis.Ticks);
        Assert.Equal((0, 0.4), (axis.From, axis.To));
        Assert.Equal(0.775, axis.Place(0.31), 12); // one division
    }

    [Fact]
    public void Amounts_begin_at_zero_and_stay_linear_whatever_their_range()
    {
        ChartAxis axis = ChartAxis.Of(1, 1000, 4, fromZero: true);

        Assert.Equal((0, 1000, false), (axis.From, axis.To, axis.Logarithmic));
        Assert.Equal([0, 250, 500, 750, 1000], axis.Ticks);
    }

    [Fact]
    public void Values_far_apart_get_a_logarithmic_axis_with_1_2_5_ticks()
    {
        ChartAxis axis = ChartAxis.Of(0.021, 0.9, 4, fromZero: false);

        Assert.True(axis.Logarithmic);
        Assert.Equal([0.02, 0.05, 0.1, 0.2, 0.5, 1], axis.Ticks);
        Assert.Equal(0, axis.Place(0.02), 12); // logarithms
        Assert.Equal(1, axis.Place(1), 12);
        Assert.Equal(0.5, axis.Place(Math.Sqrt(0.02)), 12);
    }

    [Theory]
    [InlineData(1e-7, 1e-3, 5)]
    [InlineData(1e-12, 1, 5)]
    [InlineData(1e-30, 1e30, 6)]
    public void Many_decades_get_a_few_powers_of_ten(double low, double high, int ticks)
    {
        ChartAxis axis = ChartAxis.Of(low, high, 4, fromZero: false);

        Assert.True(axis.Logarithmic);
        Assert.InRange(axis.Ticks.Count, ticks - 1, ticks + 1);
        Assert.All(axis.Ticks, tick => Assert.Equal(Math.Round(Math.Log10(tick)), Math.Log10(tick), 9)); // a logarithm
        Assert.All(axis.Ticks, tick => Assert.InRange(axis.Place(tick), -1e-9, 1 + 1e-9)); // logarithms
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 0.25)]
    [InlineData(-3, -3)]
    [InlineData(0, 1e-300)]
    [InlineData(-2, 5)]
    [InlineData(0, 4)]
    [InlineData(1e15, 1.1e15)]
    public void Any_range_has_an_axis_that_holds_it(double low, double high)
    {
        ChartAxis axis = ChartAxis.Of(low, high, 4, fromZero: false);

        Assert.True(axis.From < axis.To);
        Assert.InRange(axis.Place(low), 0, 1);
        Assert.InRange(axis.Place(high), 0, 1);
        Assert.InRange(axis.Ticks.Count, 2, 7);
        Assert.Equal(axis.Ticks.Distinct().Order(), axis.Ticks);
    }

    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 2, "1 2")]
    [InlineData(1, 12, "5 10")]
    [InlineData(1, 9, "2 4 6 8")]
    [InlineData(1, 100, "20 40 60 80 100")]
    [InlineData(1, 12345, "2500 5000 7500 10000")]
    public void Epochs_and_steps_have_whole_ticks(double first, double last, string ticks)
    {
        ChartAxis axis = ChartAxis.Whole(first, last, 5);

        Assert.Equal(ticks, string.Join(' ', axis.Ticks));
        Assert.True(axis.From < axis.To);
    }

    [Theory]
    [InlineData(0, 0.4, 0.1, "0.1")]
    [InlineData(0, 0.25, 0.05, "0.05")]
    [InlineData(0, 12000, 2500, "2,500")]
    [InlineData(0, 5e-5, 1e-5, "1e-5")]
    [InlineData(0, 5e6, 2e6, "2e6")]
    [InlineData(0, 5, 0, "0")]
    [InlineData(0.02, 0.9, 0.05, "0.05")]
    [InlineData(1e-7, 1e-3, 1e-5, "1e-5")]
    public void Ticks_have_as_many_decimals_as_their_axis_needs(double low, double high, double tick, string text) =>
        Assert.Equal(text, ChartNumber.Tick(ChartAxis.Of(low, high, 5, fromZero: false), tick));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.170573, "0.1706")]
    [InlineData(1.6, "1.600")]
    [InlineData(12345.6, "12,346")]
    [InlineData(0.00005, "5.00e-5")]
    [InlineData(-0.25, "-0.2500")]
    [InlineData(1.5e9, "1.50e9")]
    public void Values_have_four_meaningful_digits(double value, string text) => Assert.Equal(text, ChartNumber.Value(value));

    [Fact]
    public void Many_points_become_few_with_the_range_of_those_they_stand_for()
    {
        ChartPoint[] points = [.. Enumerable.Range(1, 1000).Select(x => new ChartPoint(x, x % 2 == 0 ? 1 : 3))];

        IReadOnlyList<ChartPoint> reduced = PointReduction.Reduce(points, 10);

        Assert.Equal(10, reduced.Count);
        Assert.All(reduced, point => Assert.Equal((2, 1, 3), (point.Y, point.Low, point.High)));
        Assert.Equal((100, 1000), (reduced[0].X, reduced[^1].X));
        Assert.Same(points, PointReduction.Reduce(points, 1000));
    }
}
