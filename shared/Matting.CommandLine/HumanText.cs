using System.Globalization;

namespace Matting.CommandLine;

/// <summary>Numbers as people read them; the same on every machine (invariant culture).</summary>
public static class HumanText
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A number of bytes with a binary unit and at most one decimal: <c>4.6 MiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (Math.Abs(value) >= 1024 && unit < ByteUnits.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? value : Math.Round(value, 1)):0.#} {ByteUnits[unit]}");
    }

    /// <summary>A duration of one or two units: <c>0.4 s</c>, <c>12 s</c>, <c>3 min 05 s</c>, <c>2 h 10 min</c>.</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
            return "-" + Duration(duration.Negate());
        if (duration.TotalSeconds < 9.95)
            return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
        long seconds = (long)Math.Round(duration.TotalSeconds);
        if (seconds < 60)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
        if (seconds < 3600)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s");
        long minutes = seconds / 60;
        return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h {minutes % 60:00} min");
    }

    /// <summary>A duration of a run, with three meaningful digits: <c>0.42 ms</c>, <c>38.5 ms</c>, <c>410 ms</c>, <c>2.41 s</c>.</summary>
    public static string Latency(TimeSpan duration)
    {
        double milliseconds = duration.TotalMilliseconds;
        return milliseconds < 999.5 ? $"{ThreeDigits(milliseconds)} ms" : $"{ThreeDigits(milliseconds / 1000)} s";
    }

    /// <summary>A whole number with thousands separated by commas: <c>1,131,181</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A whole number of things: <c>1 epoch</c>, <c>12 epochs</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="thing">One of them; several take an s.</param>
    public static string Count(long number, string thing) => $"{Count(number)} {thing}{(number == 1 ? "" : "s")}";

    /// <summary>A rate with two to three meaningful digits: <c>0.41</c>, <c>12.3</c>, <c>482</c>.</summary>
    public static string Rate(double perSecond) =>
        perSecond.ToString(perSecond < 1 ? "0.00" : perSecond < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string ThreeDigits(double value) =>
        value.ToString(value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
