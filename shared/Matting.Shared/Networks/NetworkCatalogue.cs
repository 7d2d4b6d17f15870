namespace Matting.Shared.Networks;

/// <summary>All networks of this toolchain by name.</summary>
public static class NetworkCatalogue
{
    private static readonly SortedDictionary<string, Func<INetwork>> Known = new(StringComparer.Ordinal)
    {
        [U2NetP.CatalogueName] = () => new U2NetP(),
    };

    /// <summary>The known names in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    /// <summary>Creates the network of a name.</summary>
    /// <exception cref="NetworkException">The name is not known; the message lists the known ones.</exception>
    public static INetwork Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Known.TryGetValue(name, out Func<INetwork>? create)
            ? create()
            : throw new NetworkException($"unknown network '{name}'; known: {string.Join(", ", Names)}");
    }
}
