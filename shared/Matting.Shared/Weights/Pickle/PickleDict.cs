using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Matting.Shared.Weights.Pickle;

/// <summary>A Python <c>dict</c> or <c>OrderedDict</c>; both keep the order in which keys were first set.</summary>
/// <remarks>
/// Keys are strings, numbers, booleans, bytes or None and equal one another as in Python: <c>1</c>, <c>1.0</c> and
/// <c>True</c> are one key.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "a dict, as in Python")]
public sealed class PickleDict : PickleValue, IReadOnlyCollection<KeyValuePair<PickleValue, PickleValue>>
{
    private readonly OrderedDictionary<PickleValue, PickleValue> _entries = new(PickleKeyComparer.Instance);

    /// <summary>An empty <c>dict</c>, or <c>OrderedDict</c> when <paramref name="ordered"/>.</summary>
    public PickleDict(bool ordered = false) => IsOrdered = ordered;

    /// <summary>An <c>OrderedDict</c> with the tensors of a state dictionary, in its order.</summary>
    public PickleDict(StateDict tensors)
        : this(ordered: true)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        foreach ((string name, WeightTensor tensor) in tensors)
            Add(name, tensor);
    }

    /// <summary>True for an <c>OrderedDict</c>.</summary>
    public bool IsOrdered { get; }

    /// <inheritdoc/>
    public override string PythonType => IsOrdered ? "OrderedDict" : "dict";

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>The keys in order.</summary>
    public IReadOnlyList<PickleValue> Keys => _entries.Keys;

    /// <summary>The value of a key; setting a key that is there keeps its place.</summary>
    /// <exception cref="KeyNotFoundException">Read only: the key is not there.</exception>
    /// <exception cref="ArgumentException">The key is of a type that cannot be one.</exception>
    public PickleValue this[PickleValue key]
    {
        get => _entries[Checked(key)];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _entries[Checked(key)] = value;
        }
    }

    /// <summary>Appends an entry.</summary>
    /// <exception cref="ArgumentException">The key is there already, or is of a type that cannot be one.</exception>
    public void Add(PickleValue key, PickleValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _entries.Add(Checked(key), value);
    }

    /// <summary>Finds the value of a key; false when it is not there.</summary>
    /// <exception cref="ArgumentException">The key is of a type that cannot be one.</exception>
    public bool TryGetValue(PickleValue key, [NotNullWhen(true)] out PickleValue? value) =>
        _entries.TryGetValue(Checked(key), out value);

    /// <summary>The entries in order.</summary>
    public IEnumerator<KeyValuePair<PickleValue, PickleValue>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static PickleValue Checked(PickleValue key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PickleKeyComparer.CanBeKey(key)
            ? key
            : throw new ArgumentException($"a {key.PythonType} cannot be a key here", nameof(key));
    }
}
