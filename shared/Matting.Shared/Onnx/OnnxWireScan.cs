using Google.Protobuf.Reflection;

namespace Matting.Shared.Onnx;

/// <summary>
/// Walks through the wire format of a file before any object is built, and counts its messages: a
/// small file can hold so many empty ones that the objects for them would not fit into memory.
/// </summary>
internal ref struct OnnxWireScan
{
    // as deep as Google.Protobuf itself goes
    private const int MaxDepth = 100;

    private readonly string _file;
    private readonly int _maxMessages;
    private int _messages;

    private OnnxWireScan(string file, int maxMessages) => (_file, _maxMessages) = (file, maxMessages);

    /// <exception cref="OnnxFormatException">
    /// There are more than <paramref name="maxMessages"/>, they are nested too deeply, or the content is no protocol buffer.
    /// </exception>
    public static void Check(ReadOnlySpan<byte> content, string file, int maxMessages) =>
        new OnnxWireScan(file, maxMessages).Message(content, ModelProto.Descriptor, depth: 0);

    private void Message(ReadOnlySpan<byte> content, MessageDescriptor type, int depth)
    {
        if (++_messages > _maxMessages)
            throw new OnnxFormatException(_file, OnnxFormatError.LimitExceeded, $"has more than {_maxMessages} parts");
        if (depth > MaxDepth)
            throw new OnnxFormatException(_file, OnnxFormatError.LimitExceeded, $"has parts nested more than {MaxDepth} deep");
        while (!content.IsEmpty)
        {
            ulong tag = Varint(ref content);
            ulong length = (tag & 7) switch
            {
                0 => Skip(ref content),
                1 => sizeof(ulong),
                2 => Varint(ref content),
                5 => sizeof(uint),
                _ => throw Damaged(),
            };
            if (length > (ulong)content.Length)
                throw Damaged();
            ReadOnlySpan<byte> part = content[..(int)length];
            content = content[(int)length..];
            if ((tag & 7) == 2 && tag <= uint.MaxValue && type.FindFieldByNumber((int)(tag >> 3)) is { FieldType: FieldType.Message } field)
                Message(part, field.MessageType, depth + 1);
        }
    }

    private readonly ulong Skip(ref ReadOnlySpan<byte> content)
    {
        Varint(ref content);
        return 0;
    }

    private readonly ulong Varint(ref ReadOnlySpan<byte> content)
    {
        ulong value = 0;
        for (int i = 0; i < Math.Min(content.Length, 10); i++)
        {
            value |= (ulong)(content[i] & 0x7F) << (7 * i);
            if (content[i] < 0x80)
            {
                content = content[(i + 1)..];
                return value;
            }
        }
        throw Damaged();
    }

    private readonly OnnxFormatException Damaged() =>
        new(_file, OnnxFormatError.NotOnnx, "is no ONNX model, or one that is damaged or cut off");
}
