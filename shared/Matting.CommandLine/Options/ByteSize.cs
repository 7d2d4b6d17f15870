using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Matting.CommandLine.Options;

/// <summary>An amount of memory as written on a command line: <c>512MiB</c>, <c>1.5GB</c>, <c>2000000</c>.</summary>
public static partial class ByteSize
{
    /// <summary>Reads an amount: a number, written with a point, and B, kB, MB, GB (powers of 1000) or KiB, MiB, GiB (powers of 1024), in either case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">The bytes, at least 1, when the result is true; parts of a byte are cut off.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out long bytes)
    {
        bytes = 0;
        Match match = Amount().Match(text ?? "");
        if (!match.Success)
            return false;
        string unit = match.Groups["unit"].Value.ToUpperInvariant();
        decimal step = unit.EndsWith("IB", StringComparison.Ordinal) ? 1024 : 1000;
        int power = unit.Length == 0 ? 0 : "BKMGT".IndexOf(unit[0], StringComparison.Ordinal);
        decimal value = decimal.Parse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        for (int i = 0; i < power; i++)
            value *= step;
        if (value is < 1 or > long.MaxValue)
            return false;
        bytes = (long)value;
        return true;
    }

    // few enough digits that neither number nor product overflows a decimal
    [GeneratedRegex("^(?<number>[0-9]{1,12}(\\.[0-9]{1,6})?)(?<unit>b|[kmgt]i?b)?\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
