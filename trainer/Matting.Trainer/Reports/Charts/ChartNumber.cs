using System.Globalization;

namespace Matting.Trainer.Reports.Charts;

/// <summary>Numbers as charts and tables show them.</summary>
internal static class ChartNumber
{
    private const double Small = 1e-3, Large = 1e6;

    /// <summary>The label of a tick: as many decimals as the axis needs.</summary>
    public static string Tick(ChartAxis axis, double tick)
    {
        double widest = Math.Max(Math.Abs(axis.From), Math.Abs(axis.To));
        if (tick == 0)
            return "0";
        if (widest >= Large || (axis.Logarithmic ? Math.Abs(tick) : axis.Step) < Small)
            return tick.ToString("0.##e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
        if (axis.Logarithmic)
            return tick.ToString("#,0.######", CultureInfo.InvariantCulture);
        int decimals = Enumerable.Range(0, 6).First(digits => Math.Abs(axis.Step - Math.Round(axis.Step, digits)) < axis.Step * 1e-6);
        return tick.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.InvariantCulture);
    }

    /// <summary>A value with four meaningful digits: <c>0.1706</c>, <c>1.62e-4</c>, <c>12,345</c>.</summary>
    public static string Value(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString("0", CultureInfo.InvariantCulture);
        if (Math.Abs(value) is < Small or >= Large)
            return value.ToString("0.00e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
        int decimals = Math.Max(0, 3 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
        return value.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.InvariantCulture);
    }
}
