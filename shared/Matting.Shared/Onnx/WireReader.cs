namespace Matting.Shared.Onnx;

/// <summary>Steps through the fields of one message in the encoding of protocol buffers; content is stepped over, never copied.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> content, string file)
{
    // wire types of the encoding; the two of groups are not used in ONNX
    public const int Number = 0, EightBytes = 1, Bytes = 2, FourBytes = 5;

    private ReadOnlySpan<byte> _content = content;

    /// <summary>The field's number.</summary>
    public int Field { get; private set; }

    public int WireType { get; private set; }

    /// <summary>The value of a field that is a number; otherwise 0.</summary>
    public ulong Value { get; private set; }

    /// <summary>The content of a field that is none.</summary>
    public ReadOnlySpan<byte> Part { get; private set; }

    /// <summary>Takes the next field.</summary>
    /// <exception cref="OnnxFormatException">The content is no protocol buffer, or cut off.</exception>
    public bool Next()
    {
        if (_content.IsEmpty)
            return false;
        ulong tag = Varint();
        // parsers cut a longer one to 32 bits, and would see another field than this reader
        if (tag > uint.MaxValue)
            throw Damaged();
        (Field, WireType) = ((int)(tag >> 3), (int)(tag & 7));
        Value = WireType == Number ? Varint() : 0;
        ulong length = WireType switch
        {
            Number => 0,
            EightBytes => sizeof(ulong),
            Bytes => Varint(),
            FourBytes => sizeof(uint),
            _ => throw Damaged(),
        };
        if (length > (ulong)_content.Length)
            throw Damaged();
        Part = _content[..(int)length];
        _content = _content[(int)length..];
        return true;
    }

    /// <summary>Adds the number that the field is, or the numbers of the packed list that it is.</summary>
    /// <exception cref="OnnxFormatException">The list is cut off.</exception>
    public readonly void AddNumbersTo(List<long> numbers)
    {
        if (WireType == Number)
            numbers.Add(unchecked((long)Value));
        WireReader list = new(WireType == Bytes ? Part : default, file);
        while (list.NextPacked(out long number))
            numbers.Add(number);
    }

    /// <summary>Takes the next number of a packed list.</summary>
    /// <exception cref="OnnxFormatException">The list is cut off.</exception>
    public bool NextPacked(out long number)
    {
        bool any = !_content.IsEmpty;
        number = any ? unchecked((long)Varint()) : 0;
        return any;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < Math.Min(_content.Length, 10); i++)
        {
            value |= (ulong)(_content[i] & 0x7F) << (7 * i);
            if (_content[i] < 0x80)
            {
                _content = _content[(i + 1)..];
                return value;
            }
        }
        throw Damaged();
    }

    private readonly OnnxFormatException Damaged() =>
        new(file, OnnxFormatError.NotOnnx, "is no ONNX model, or one that is damaged or cut off");
}
