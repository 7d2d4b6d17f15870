using System.Buffers;

namespace Matting.Shared.Imaging.Resizing;

/// <summary>
/// The rows between the two passes of a resize, made on demand and from top to bottom; only the newest ones are kept.
/// Without a horizontal pass they are the source's rows as they are.
/// </summary>
internal sealed class RowRing : IDisposable
{
    // Kernels read and write up to this many bytes behind a row's end.
    private const int RowSlack = 4;
    private const int BufferSlack = 32;

    private readonly PixelImage _source;
    private readonly ResizeWeights? _horizontal;
    private readonly int _rowBytes;
    private readonly int _stride;
    private readonly int _capacity;
    private readonly byte[] _bytes;
    private readonly byte[] _tailRows;
    private int _made;

    /// <summary>Prepares a ring.</summary>
    /// <param name="source">The picture to take rows from.</param>
    /// <param name="horizontal">The horizontal pass, or null when the width stays.</param>
    /// <param name="width">Width of the rows made.</param>
    /// <param name="rows">How many rows must be there at once, the block that is being made included.</param>
    internal RowRing(PixelImage source, ResizeWeights? horizontal, int width, int rows)
    {
        _source = source;
        _horizontal = horizontal;
        _rowBytes = width * source.Channels;
        _stride = _rowBytes + RowSlack;
        // whole blocks, so that a block never wraps around
        _capacity = (rows + PillowResizeKernels.RowBlock - 1) / PillowResizeKernels.RowBlock * PillowResizeKernels.RowBlock;
        long bytes = ((long)_capacity * _stride) + BufferSlack;
        if (bytes > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(width), $"resizing {source.Width}x{source.Height} to a width of {width} needs an intermediate beyond 2 GiB");
        _bytes = ArrayPool<byte>.Shared.Rent((int)bytes);
        _tailRows = ArrayPool<byte>.Shared.Rent((source.Stride + PillowResizeKernels.SourceSlack) * PillowResizeKernels.RowBlock);
    }

    /// <summary>All the ring's bytes; a row begins at <see cref="OffsetOf"/>.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A row that <see cref="Require"/> made and that has not been overwritten since.</summary>
    internal ReadOnlySpan<byte> this[int y] => _bytes.AsSpan(OffsetOf(y), _rowBytes);

    /// <summary>Where a row begins.</summary>
    internal int OffsetOf(int y) => y % _capacity * _stride;

    /// <summary>Makes all rows before <paramref name="end"/> that are not made yet.</summary>
    internal void Require(int end)
    {
        while (_made < end)
        {
            int block = Math.Min(PillowResizeKernels.RowBlock, _source.Height - _made);
            Span<byte> target = _bytes.AsSpan(OffsetOf(_made));
            if (_horizontal is null)
                Copy(block, target);
            else
                Resize(block, _horizontal, target);
            _made += block;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<byte>.Shared.Return(_tailRows);
    }

    private void Copy(int block, Span<byte> target)
    {
        for (int i = 0; i < block; i++)
            _source.Row(_made + i).CopyTo(target[(i * _stride)..]);
    }

    // A block at the bottom of the picture may have fewer rows (the last one is repeated, into rows of the ring that hold
    // nothing) and its loads would leave the pixel array: such rows are copied to a buffer with some slack first.
    private void Resize(int block, ResizeWeights weights, Span<byte> target)
    {
        int bytes = _source.Stride;
        long end = ((long)(_made + block) * bytes) + PillowResizeKernels.SourceSlack;
        ReadOnlySpan<byte> source = _source.Pixels.AsSpan(_made * bytes);
        int sourceStride = bytes;
        if (block < PillowResizeKernels.RowBlock || end > _source.Pixels.Length)
        {
            sourceStride = bytes + PillowResizeKernels.SourceSlack;
            for (int i = 0; i < PillowResizeKernels.RowBlock; i++)
                _source.Row(_made + Math.Min(i, block - 1)).CopyTo(_tailRows.AsSpan(i * sourceStride));
            source = _tailRows;
        }
        PillowResizeKernels.Horizontal(source, sourceStride, _source.Channels, weights, target, _stride);
    }
}
