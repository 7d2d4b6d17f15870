using System.Collections;

namespace Matting.Shared.Weights.Pickle;

/// <summary>A Python list; made with a collection expression, <c>PickleList list = [1, "two"];</c>, or item by item.</summary>
public sealed class PickleList : PickleValue, IReadOnlyList<PickleValue>
{
    private readonly List<PickleValue> _items = [];

    /// <summary>An empty list.</summary>
    public PickleList()
    {
    }

    /// <summary>A list of items.</summary>
    public PickleList(IEnumerable<PickleValue> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (PickleValue item in items)
            Add(item);
    }

    /// <inheritdoc/>
    public override string PythonType => "list";

    /// <summary>The number of items.</summary>
    public int Count => _items.Count;

    /// <summary>The item at a position, from 0.</summary>
    public PickleValue this[int index] => _items[index];

    /// <summary>Appends an item.</summary>
    public void Add(PickleValue item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Add(item);
    }

    /// <summary>The items in order.</summary>
    public IEnumerator<PickleValue> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A Python tuple (also what a <c>torch.Size</c> is read as).</summary>
public sealed class PickleTuple : PickleValue, IReadOnlyList<PickleValue>
{
    private readonly PickleValue[] _items;

    /// <summary>Copies the items.</summary>
    public PickleTuple(params ReadOnlySpan<PickleValue> items)
    {
        foreach (PickleValue item in items)
            ArgumentNullException.ThrowIfNull(item, nameof(items));
        _items = items.ToArray();
    }

    /// <inheritdoc/>
    public override string PythonType => "tuple";

    /// <summary>The number of items.</summary>
    public int Count => _items.Length;

    /// <summary>The item at a position, from 0.</summary>
    public PickleValue this[int index] => _items[index];

    /// <summary>The items in order.</summary>
    public IEnumerator<PickleValue> GetEnumerator() => ((IEnumerable<PickleValue>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
