namespace Matting.Shared.Weights.Pickle;

/// <summary>A list while a pickle is being read; it may still grow, and hostile files let it contain itself.</summary>
internal sealed class RawList
{
    public List<object> Items { get; } = [];
}

/// <summary>A dictionary while a pickle is being read: what was set, in order, keys not yet compared.</summary>
internal sealed class RawDict(bool ordered)
{
    public bool IsOrdered { get; } = ordered;

    public List<KeyValuePair<object, object>> Entries { get; } = [];
}

/// <summary>A tuple while a pickle is being read.</summary>
internal sealed class RawTuple(object[] items)
{
    public object[] Items { get; } = items;
}

/// <summary>A storage that a pickle mentions; its bytes lie elsewhere in the file.</summary>
/// <param name="Key">The name of its bytes.</param>
/// <param name="Element">What an element is.</param>
/// <param name="Count">How many elements the storage has.</param>
/// <param name="ViewOffset">First element of the part that is meant (legacy views); 0 otherwise.</param>
/// <param name="ViewCount">Elements of the part that is meant; <paramref name="Count"/> otherwise.</param>
internal sealed record StorageReference(string Key, ElementType Element, long Count, long ViewOffset, long ViewCount);

/// <summary>A tensor that a pickle describes; nothing of it is checked yet.</summary>
/// <param name="Storage">Where its elements are.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Shape">Sizes of the dimensions.</param>
/// <param name="Strides">Steps between neighbours, in elements.</param>
internal sealed record TensorRecipe(StorageReference Storage, long Offset, long[] Shape, long[] Strides);
