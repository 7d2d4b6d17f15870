using System.Globalization;

namespace Matting.Trainer.Reports.Charts;

/// <summary>An axis of a chart: from where to where, which places are labelled.</summary>
internal sealed class ChartAxis
{
    // beyond this ratio the small values of a linear axis cannot be told apart
    private const double WidestLinear = 12;
    private const int MostDecades = 6;

    // what 0.3 / 0.1 may be away from 3
    private const double Rounding = 1e-9;

    // what Math.Round takes
    private const int MostDigits = 15;

    private static readonly double[] NiceFactors = [1, 2, 2.5, 5, 10], DecadeFactors = [1, 2, 5], FallingFactors = [5, 2, 1];

    private ChartAxis(double from, double to, bool logarithmic, IReadOnlyList<double> ticks, double step) =>
        (From, To, Logarithmic, Ticks, Step) = (from, to, logarithmic, ticks, step);

    /// <summary>The value at the beginning.</summary>
    public double From { get; }

    /// <summary>The value at the end; more than <see cref="From"/>.</summary>
    public double To { get; }

    /// <summary>True when equal factors are equally far apart.</summary>
    public bool Logarithmic { get; }

    /// <summary>The labelled values, ascending.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>How far linear ticks are apart; 0 on a logarithmic axis.</summary>
    public double Step { get; }

    /// <summary>An axis of whole numbers, such as epochs, that ends where they end.</summary>
    /// <param name="first">The first number.</param>
    /// <param name="last">The last one; may be the same.</param>
    /// <param name="ticks">How many labels there is room for.</param>
    public static ChartAxis Whole(double first, double last, int ticks)
    {
        if (first == last)
            return new ChartAxis(first - 1, last + 1, logarithmic: false, [first], 1);
        double step = Math.Max(1, NiceStep((last - first) / ticks));
        // steps of 2.5 have no whole numbers, those of 25 do
        step = step == 2.5 ? 5 : step;
        return new ChartAxis(first, last, logarithmic: false, Multiples(step, first, last), step);
    }

    /// <summary>An axis for values, linear or logarithmic as their range demands.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value; may be the same.</param>
    /// <param name="ticks">How many labels there is room for.</param>
    /// <param name="fromZero">True for amounts, whose axis is linear and begins at 0; false for errors and the like.</param>
    public static ChartAxis Of(double low, double high, int ticks, bool fromZero)
    {
        if (!fromZero && low > 0 && high > WidestLinear * low)
            return Decades(low, high);
        if (fromZero)
            low = Math.Min(0, low);
        if (low == high)
            (low, high) = low == 0 ? (0, 1) : (low - 0.1 * Math.Abs(low), high + 0.1 * Math.Abs(high));
        double step = NiceStep((high - low) / ticks);
        double from = Math.Floor(low / step + Rounding) * step, to = Math.Ceiling(high / step - Rounding) * step;
        return new ChartAxis(Clean(from, step), Clean(to, step), logarithmic: false, Multiples(step, from, to), step);
    }

    /// <summary>The place of a value, 0 at the beginning and 1 at the end.</summary>
    public double Place(double value) =>
        Logarithmic ? Math.Log(value / From) / Math.Log(To / From) : (value - From) / (To - From);

    /// <summary>The smallest of 1, 2, 2.5, 5 times a power of ten that is no less.</summary>
    internal static double NiceStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double factor = NiceFactors.First(factor => factor * power >= rough * (1 - Rounding));
        return Clean(factor * power, power);
    }

    private static ChartAxis Decades(double low, double high)
    {
        (double from, double to) = (NiceBelow(low), NiceStep(high));
        int first = (int)Math.Ceiling(Math.Log10(from) - Rounding), last = (int)Math.Floor(Math.Log10(to) + Rounding);
        int skip = (last - first) / MostDecades + 1;
        double[] ticks = Math.Log10(to / from) <= 2
            ? [.. Enumerable.Range(first - 1, last - first + 3).SelectMany(power => DecadeFactors.Select(factor => Power(power) * factor))
                .Where(tick => tick >= from * (1 - Rounding) && tick <= to * (1 + Rounding))]
            : [.. Enumerable.Range(first, last - first + 1).Where(power => (power - first) % skip == 0).Select(Power)];
        return new ChartAxis(from, to, logarithmic: true, ticks, 0);
    }

    private static double NiceBelow(double value)
    {
        double power = Power((int)Math.Floor(Math.Log10(value) + Rounding));
        return power * FallingFactors.First(factor => factor * power <= value * (1 + Rounding));
    }

    private static double[] Multiples(double step, double from, double to)
    {
        long first = (long)Math.Ceiling(from / step - Rounding), last = (long)Math.Floor(to / step + Rounding);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Clean((first + i) * step, step))];
    }

    // parsing gives the nearest double to 0.001; Math.Pow may be one off
    private static double Power(int exponent) => double.Parse($"1e{exponent}", CultureInfo.InvariantCulture);

    /// <summary>0.30000000000000004 is 0.3 on an axis with steps of 0.1.</summary>
    private static double Clean(double value, double step)
    {
        double digits = Math.Max(0, 2 - Math.Floor(Math.Log10(step)));
        return digits <= MostDigits ? Math.Round(value, (int)digits) : value;
    }
}
