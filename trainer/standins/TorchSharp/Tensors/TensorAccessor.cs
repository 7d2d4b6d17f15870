// Of these members the official assembly says nothing about null, so neither does this one.
#nullable disable
using System.Collections;
using TorchSharp.Native;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in the memory of the CPU, in row-major order whatever its strides are. It keeps the tensor alive.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly T* _data;
    private torch.Tensor _tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _data = tensor.numel() == 0 ? null : (T*)Shim.Check(Shim.Data(tensor.Handle), "data");
        _tensor = tensor;
    }

    public long Count => _tensor?.numel() ?? 0;

    public T this[params long[] indices]
    {
        get => _data[Offset(indices)];
        set => _data[Offset(indices)] = value;
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Count == right.Count && left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public T[] ToArray()
    {
        var array = new T[Count];
        if (array.Length > 0) CopyTo(array.AsSpan());
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var walk = new StridedWalk(_tensor, tensorIndex);
        if (walk.Contiguous)
        {
            int length = (int)Math.Min(Count - tensorIndex, array.Length - arrayIndex);
            new ReadOnlySpan<T>(_data + tensorIndex, length).CopyTo(array[arrayIndex..]);
            return;
        }

        for (int i = arrayIndex; i < array.Length && walk.Next(out long offset); i++) array[i] = _data[offset];
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var walk = new StridedWalk(_tensor, tensorIndex);
        for (int i = arrayIndex; i < array.Length && walk.Next(out long offset); i++) _data[offset] = array[i];
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0, count = Count; i < count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => base.GetHashCode();

    public void Dispose() => _tensor = null;

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            if (indices[0] >= Count) throw new IndexOutOfRangeException($"There is no element {indices[0]} among {Count}.");
            return StridedWalk.OffsetOf(_tensor, indices[0]);
        }

        var shape = _tensor.shape;
        var strides = _tensor.stride();
        long offset = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i]) throw new IndexOutOfRangeException($"There is no index {indices[i]} in dimension {i} of length {shape[i]}.");
            offset += indices[i] * strides[i];
        }

        return offset;
    }
}
