using Matting.Shared.Numerics;

namespace Matting.Shared.Tests.Numerics;

public class QuantilesTests
{
    [Fact]
    public void Any_share_of_any_values_equals_the_interpolation_of_sorted_ones()
    {
        Random random = new(1);
        for (int count = 1; count < 200; count++)
        {
            // few distinct levels every other time, sorted every third
            float[] values = [.. Enumerable.Range(0, count).Select(_ => count % 2 == 0 ? random.Next(5) : random.NextSingle())];
            if (count % 3 == 0)
                Array.Sort(values);
            double share = count % 10 == 0 ? 1 : count % 7 == 0 ? 0 : random.NextDouble();
            float[] sorted = [.. values.Order()];
            int below = (int)(share * (count - 1));
            double low = sorted[below], high = sorted[Math.Min(below + 1, count - 1)];
            Assert.Equal(low + ((high - low) * ((share * (count - 1)) - below)), Quantiles.Linear(values, share), 1e-12);
            Assert.Equal(sorted, values.Order());
        }
    }

    [Theory]
    [InlineData(601)]
    [InlineData(5000)]
    [InlineData(262_144)]
    public void Long_rows_are_selected_from_as_exactly(int count)
    {
        Random random = new(count);
        float[][] rows =
        [
            [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())],
            [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(9))],
            [.. Enumerable.Range(0, count).Select(i => (float)i)],
            [.. Enumerable.Range(0, count).Select(i => (float)-i)],
            [.. Enumerable.Range(0, count).Select(i => (float)Math.Min(i, count - i))],
            [.. Enumerable.Range(0, count).Select(i => i == 0 ? float.NegativeInfinity : i == 1 ? float.PositiveInfinity : 1f)],
        ];
        foreach (float[] row in rows)
        {
            float[] sorted = [.. row.Order()];
            foreach (double share in new[] { 0.1, 0.9, 0, 1, 0.5, 0.001 })
            {
                double position = share * (count - 1);
                int below = (int)position;
                double low = sorted[below], high = sorted[Math.Min(below + 1, count - 1)];
                if (double.IsFinite(high - low))
                    Assert.Equal(low + ((high - low) * (position - below)), Quantiles.Linear(row, share));
            }
            Assert.Equal(sorted, row.Order());
        }
    }

    [Fact]
    public void Many_equal_values_are_no_slow_case()
    {
        float[] values = new float[1_000_000];
        values[500_000] = 1;
        Assert.Equal(0, Quantiles.Linear(values, 0.5));
        Assert.Equal(1, Quantiles.Linear(values, 1));
    }

    [Fact]
    public void Nothing_and_impossible_shares_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Quantiles.Linear([], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Linear(new float[3], 1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Linear(new float[3], double.NaN));
    }
}
