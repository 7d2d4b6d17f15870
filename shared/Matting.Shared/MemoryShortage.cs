using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Matting.Shared;

/// <summary>Tells a lack of memory from other failures, and says how much was wanted.</summary>
/// <remarks>
/// The native libraries behind the packages report it as <see cref="ExternalException"/>, known by its words only: those of libtorch's allocators
/// on the CPU and on CUDA, of CUDA's own libraries, and of C++.
/// </remarks>
public static partial class MemoryShortage
{
    /// <summary>A few words such as <c>out of memory (2.5 GiB more were wanted)</c>; null when the failure has another cause.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        OutOfMemoryException => "out of memory",
        ExternalException when Words().IsMatch(failure.Message) => Place(failure.Message) + Wanted(failure.Message),
        _ => null,
    };

    private static string Place(string message) =>
        message.Contains("CUDA", StringComparison.OrdinalIgnoreCase) || message.Contains("CUBLAS", StringComparison.Ordinal) ? "out of GPU memory" : "out of memory";

    private static string Wanted(string message)
    {
        if (Bytes().Match(message) is { Success: true } bytes && double.TryParse(bytes.Groups[1].Value, CultureInfo.InvariantCulture, out double count))
            return string.Create(CultureInfo.InvariantCulture, $" ({count / (1L << 30):0.##} GiB more were wanted)");
        return Amount().Match(message) is { Success: true } amount ? $" ({amount.Groups[1].Value} more were wanted)" : "";
    }

    [GeneratedRegex("can't allocate memory|out of memory|_ALLOC_FAILED|bad_alloc|bad allocation|Cannot allocate memory", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex("tried to allocate ([0-9]+) bytes", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bytes();

    [GeneratedRegex("tried to allocate ([0-9.]+ [KMG]iB)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
