using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Matting.Shared.Weights;

/// <summary>Named tensors in the order they were added, as PyTorch's <c>state_dict</c>.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "the name PyTorch's users know")]
public sealed class StateDict : IReadOnlyCollection<KeyValuePair<string, WeightTensor>>
{
    private readonly OrderedDictionary<string, WeightTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>The number of tensors.</summary>
    public int Count => _tensors.Count;

    /// <summary>The names in the order they were added.</summary>
    public IReadOnlyList<string> Names => _tensors.Keys;

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names it.</exception>
    public WeightTensor this[string name] => _tensors.TryGetValue(name, out WeightTensor? tensor)
        ? tensor
        : throw new KeyNotFoundException($"no tensor is named '{name}'");

    /// <summary>Appends a tensor.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, WeightTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tensor);
        if (!_tensors.TryAdd(name, tensor))
            throw new ArgumentException($"a tensor named '{name}' is there already", nameof(name));
    }

    /// <summary>Whether a tensor has that name.</summary>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>Finds a tensor by name; false when there is none.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out WeightTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>Names and tensors in the order they were added.</summary>
    public IEnumerator<KeyValuePair<string, WeightTensor>> GetEnumerator() => _tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
