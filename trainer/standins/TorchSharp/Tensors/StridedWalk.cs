namespace TorchSharp.Utils;

/// <summary>Walks the elements of a tensor in row-major order and gives their offsets in its memory.</summary>
internal sealed class StridedWalk
{
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly long[] _position;
    private long _left;
    private long _offset;

    internal StridedWalk(torch.Tensor tensor, long first)
    {
        long count = tensor.numel();
        if (first < 0 || first >= count) throw new ArgumentOutOfRangeException(nameof(first), $"There is no element {first} among {count}.");
        Contiguous = tensor.is_contiguous();
        (_shape, _strides) = (tensor.shape, tensor.stride());
        _position = new long[_shape.Length];
        _left = count - first;
        for (int i = _shape.Length - 1; i >= 0; i--)
        {
            (first, _position[i]) = Math.DivRem(first, _shape[i]);
            _offset += _position[i] * _strides[i];
        }
    }

    /// <summary>Whether the offsets are 0, 1, 2 and so on.</summary>
    internal bool Contiguous { get; }

    /// <summary>The offset of one element.</summary>
    internal static long OffsetOf(torch.Tensor tensor, long index) => index >= 0 && index < tensor.numel() && tensor.is_contiguous()
        ? index
        : new StridedWalk(tensor, index)._offset;

    /// <summary>The offset of the next element, if there is one.</summary>
    internal bool Next(out long offset)
    {
        offset = _offset;
        if (_left-- <= 0) return false;
        for (int i = _shape.Length - 1; i >= 0; i--)
        {
            _offset += _strides[i];
            if (++_position[i] < _shape[i]) break;
            _offset -= _shape[i] * _strides[i];
            _position[i] = 0;
        }

        return true;
    }
}
