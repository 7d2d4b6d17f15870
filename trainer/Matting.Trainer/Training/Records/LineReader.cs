using System.Buffers;

namespace Matting.Trainer.Training.Records;

/// <summary>Reads the finished lines of a stream from its beginning, and knows where each one ends.</summary>
/// <param name="stream">Stays the caller's.</param>
internal sealed class LineReader(Stream stream) : IDisposable
{
    // no event comes near it; what has no line end for so long is no log
    private const int Longest = 1 << 20;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;

    /// <summary>Bytes of the stream up to the end of the line that was read last, its line end included.</summary>
    public long Position { get; private set; }

    /// <summary>The next line without its end; false when there is no further one that is finished.</summary>
    public bool Next(out ReadOnlyMemory<byte> line)
    {
        int scanned = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = _buffer.AsMemory(_start, scanned + found);
                _start += scanned + found + 1;
                Position += scanned + found + 1;
                return true;
            }
            scanned = _end - _start;
            if (scanned > Longest || !Fill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
