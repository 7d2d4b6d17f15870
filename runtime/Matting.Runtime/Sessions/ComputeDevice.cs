using System.Globalization;
using System.Text.RegularExpressions;
using Matting.Runtime.Sessions.Providers;

namespace Matting.Runtime.Sessions;

/// <summary>A device as users write it: <c>cpu</c>, <c>cuda:1</c>, <c>openvino:NPU</c>.</summary>
/// <param name="Kind">Name of the provider, see <see cref="ExecutionProviders"/>.</param>
/// <param name="Which">What follows the colon; empty for providers that have one device only.</param>
internal readonly partial record struct ComputeDevice(string Kind, string Which)
{
    private const int LargestIndex = 63;

    public bool IsCpu => Kind == CpuProvider.Device;

    /// <exception cref="ArgumentException">The text is none of the devices that Matting knows.</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? text : text[..colon];
        string? which = colon < 0 ? null : text[(colon + 1)..];
        ExecutionProvider? provider = ExecutionProviders.Find(kind);
        bool fits = provider?.Choice switch
        {
            DeviceChoice.Number => which is null || (int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index <= LargestIndex),
            DeviceChoice.Name => which is null || DeviceName().IsMatch(which),
            DeviceChoice.None => which is null,
            _ => false,
        };
        if (!fits)
            throw new ArgumentException($"device '{text}': expected {string.Join(", ", ExecutionProviders.Known.Select(known => known.Syntax))}", nameof(text));
        return new(kind, which is null ? provider!.DefaultDevice : provider!.Choice == DeviceChoice.Number ? which.TrimStart('0').PadLeft(1, '0') : which);
    }

    public override string ToString() => Which.Length == 0 ? Kind : $"{Kind}:{Which}";

    [GeneratedRegex("^[A-Za-z0-9_.,:-]{1,64}\\z")]
    private static partial Regex DeviceName();
}
