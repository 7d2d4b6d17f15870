using System.Collections;

namespace Matting.Shared.Networks;

/// <summary>What a network returns: values in a fixed order, each under a name.</summary>
/// <typeparam name="T">The interpreter's value.</typeparam>
public sealed class NamedOutputs<T> : IReadOnlyList<KeyValuePair<string, T>>
{
    private readonly KeyValuePair<string, T>[] _items;

    /// <summary>Keeps the values in the order given.</summary>
    /// <exception cref="ArgumentException">There is no value, or a name is empty or appears twice.</exception>
    public NamedOutputs(params IEnumerable<(string Name, T Value)> items)
    {
        _items = [.. items.Select(item => KeyValuePair.Create(item.Name, item.Value))];
        if (_items.Length == 0)
            throw new ArgumentException("a network has at least one output", nameof(items));
        HashSet<string> names = [];
        foreach ((string name, _) in _items)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(items));
            if (!names.Add(name))
                throw new ArgumentException($"two outputs are named '{name}'", nameof(items));
        }
    }

    /// <summary>Number of outputs.</summary>
    public int Count => _items.Length;

    /// <summary>The first output's value.</summary>
    public T First => _items[0].Value;

    /// <summary>All names in order.</summary>
    public IEnumerable<string> Names => _items.Select(item => item.Key);

    /// <summary>All values in order.</summary>
    public IEnumerable<T> Values => _items.Select(item => item.Value);

    /// <summary>Name and value at a position.</summary>
    public KeyValuePair<string, T> this[int index] => _items[index];

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such output; the message lists those there are.</exception>
    public T this[string name]
    {
        get
        {
            foreach ((string candidate, T value) in _items)
            {
                if (candidate == name)
                    return value;
            }
            throw new KeyNotFoundException($"no output '{name}'; there are: {string.Join(", ", Names)}");
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
