using System.Buffers.Binary;
using System.Text;
using Matting.Shared.Weights.Containers;

namespace Matting.Shared.Weights.Pickle;

/// <summary>Reads the parts of a pickle stream one after the other, never past its limit.</summary>
/// <param name="source">Where the bytes come from.</param>
/// <param name="offset">Where the pickle begins.</param>
/// <param name="end">Where what may belong to it ends.</param>
internal sealed class PickleInput(ByteSource source, long offset, long end)
{
    private const int WindowSize = 1 << 15;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly long _start = offset;
    private readonly long _end = Math.Min(end, offset + PickleLimits.Bytes);
    private readonly byte[] _scratch = new byte[8];
    private byte[] _window = [];
    private long _windowOffset = offset;

    /// <summary>Where the next byte is, counted from the beginning of the content.</summary>
    public long Position { get; private set; } = offset;

    /// <summary>One byte.</summary>
    public byte ReadByte()
    {
        long at = Position - _windowOffset;
        if (at >= _window.Length)
        {
            Need(1);
            _windowOffset = Position;
            _window = source.Read(Position, (int)Math.Min(WindowSize, _end - Position));
            at = 0;
        }
        Position++;
        return _window[at];
    }

    /// <summary>A little-endian number of two bytes.</summary>
    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Fill(sizeof(ushort)));

    /// <summary>A little-endian number of four bytes, with its sign.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Fill(sizeof(int)));

    /// <summary>A little-endian number of four bytes, without a sign.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Fill(sizeof(uint)));

    /// <summary>A little-endian number of eight bytes.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Fill(sizeof(ulong)));

    /// <summary>A big-endian double, as pickles have it.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Fill(sizeof(double)));

    /// <summary>Bytes of a claimed number; nothing is allocated before that many are known to be there.</summary>
    public byte[] ReadBytes(ulong count)
    {
        Need(count);
        byte[] bytes = source.Read(Position, (int)count);
        Position += (long)count;
        return bytes;
    }

    /// <summary>UTF-8 text of a claimed number of bytes.</summary>
    public string ReadText(ulong count)
    {
        try
        {
            return StrictUtf8.GetString(ReadBytes(count));
        }
        catch (DecoderFallbackException error)
        {
            throw source.Refuse(WeightsFormatError.BadPickle, $"a string before offset {Position} is not UTF-8", inner: error);
        }
    }

    /// <summary>A name that a line feed ends.</summary>
    public string ReadLine()
    {
        StringBuilder line = new();
        for (byte next = ReadByte(); next != '\n'; next = ReadByte())
        {
            // anything but printable ASCII is no name that could be known; it only has to be shown
            line.Append(next is >= 0x20 and < 0x7F ? (char)next : '?');
            if (line.Length > PickleLimits.NameLength)
                throw source.Refuse(WeightsFormatError.BadPickle, $"a name before offset {Position} is longer than {PickleLimits.NameLength} characters");
        }
        return line.ToString();
    }

    /// <summary>Describes a defect of the pickle.</summary>
    public WeightsFormatException Refuse(WeightsFormatError reason, string detail, Exception? inner = null) =>
        source.Refuse(reason, detail, inner: inner);

    private ReadOnlySpan<byte> Fill(int count)
    {
        for (int i = 0; i < count; i++)
            _scratch[i] = ReadByte();
        return _scratch.AsSpan(0, count);
    }

    private void Need(ulong count)
    {
        if (count <= (ulong)(_end - Position))
            return;
        throw _end - _start >= PickleLimits.Bytes
            ? Refuse(WeightsFormatError.LimitExceeded, $"a pickle is longer than {PickleLimits.Bytes} bytes")
            : Refuse(WeightsFormatError.Truncated, $"a pickle needs {count} bytes at offset {Position}, but there are {_end - Position}");
    }
}
