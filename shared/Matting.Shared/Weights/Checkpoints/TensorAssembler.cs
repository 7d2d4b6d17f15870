using Matting.Shared.Weights.Pickle;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Checkpoints;

/// <summary>Makes tensors out of storages: shares the bytes where the elements lie in C order, copies them otherwise.</summary>
/// <param name="storages">Gives the bytes of storages.</param>
/// <param name="copyBudget">How many bytes may be copied in all: one byte can be expanded to any size.</param>
/// <param name="refuse">Makes the exception for a defect: reason, detail, name of the tensor.</param>
internal sealed class TensorAssembler(
    IStorageReader storages, long copyBudget, Func<WeightsFormatError, string, string?, WeightsFormatException> refuse)
{
    // PyTorch's own limit
    private const int MostDimensions = 64;

    private readonly Dictionary<string, LoadedStorage> _loaded = new(StringComparer.Ordinal);
    private long _copied;

    /// <summary>Checks a recipe against its storage and gives the tensor.</summary>
    /// <exception cref="WeightsFormatException">The recipe reaches outside its storage, or is too large.</exception>
    public PickleTensor Assemble(TensorRecipe recipe, string? name)
    {
        StorageReference storage = recipe.Storage;
        long count = CheckPlace(recipe, name);
        ReadOnlyMemory<byte> bytes = Load(storage, name).Slice(
            (int)(storage.ViewOffset * storage.Element.Size()), (int)(storage.ViewCount * storage.Element.Size()));
        int size = storage.Element.Size();
        if (StridedCopy.IsContiguous(recipe.Shape, recipe.Strides))
        {
            int start = count == 0 ? 0 : (int)(recipe.Offset * size);
            return new PickleTensor(new WeightTensor(storage.Element, recipe.Shape, bytes.Slice(start, (int)(count * size))));
        }
        _copied += count * size;
        if (_copied > copyBudget)
            throw refuse(LimitExceeded, $"views that repeat or reorder elements would take more than {copyBudget} bytes", name);
        byte[] copy = GC.AllocateUninitializedArray<byte>((int)(count * size));
        StridedCopy.Gather(bytes.Span[(int)(recipe.Offset * size)..], copy, size, recipe.Shape, recipe.Strides);
        return new PickleTensor(new WeightTensor(storage.Element, recipe.Shape, copy));
    }

    private long CheckPlace(TensorRecipe recipe, string? name)
    {
        (StorageReference storage, long offset, long[] shape, long[] strides) = recipe;
        if (shape.Length != strides.Length)
            throw refuse(BadTensor, $"has {shape.Length} sizes but {strides.Length} strides", name);
        if (shape.Length > MostDimensions)
            throw refuse(LimitExceeded, $"has {shape.Length} dimensions; {MostDimensions} are the most", name);
        if (!TensorShape.TryCountElements(shape, out long count))
            throw refuse(BadTensor, $"has the impossible shape {TensorShape.Format(shape)}", name);
        if (offset < 0 || strides.Any(stride => stride < 0))
            throw refuse(BadTensor, $"has a negative offset or stride: {offset}, {TensorShape.Format(strides)}", name);
        if (count > Array.MaxLength / storage.Element.Size() || storage.Count > Array.MaxLength / storage.Element.Size())
            throw refuse(LimitExceeded, $"{TensorShape.Format(shape)} of {storage.Element.TorchName()} is more than 2 GiB in one piece", name);
        Int128 last = offset;
        for (int i = 0; i < shape.Length && count > 0; i++)
            last += (Int128)(shape[i] - 1) * strides[i];
        if (count > 0 && last >= storage.ViewCount)
        {
            throw refuse(
                BadTensor,
                $"{TensorShape.Format(shape)} with strides {TensorShape.Format(strides)} at offset {offset} reaches element {last} of a storage of {storage.ViewCount}",
                name);
        }
        return count;
    }

    private ReadOnlyMemory<byte> Load(StorageReference storage, string? name)
    {
        if (_loaded.TryGetValue(storage.Key, out LoadedStorage known))
        {
            return known.Element == storage.Element && known.Count == storage.Count
                ? known.Bytes
                : throw refuse(BadTensor, $"storage {storage.Key} is used with two types or sizes", name);
        }
        ReadOnlyMemory<byte> bytes = storages.Read(storage, name);
        _loaded.Add(storage.Key, new LoadedStorage(storage.Element, storage.Count, bytes));
        return bytes;
    }

    private readonly record struct LoadedStorage(ElementType Element, long Count, ReadOnlyMemory<byte> Bytes);
}
