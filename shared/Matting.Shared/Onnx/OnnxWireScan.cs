using System.Text;
using Google.Protobuf.Reflection;

namespace Matting.Shared.Onnx;

/// <summary>
/// Walks through the wire format of a file before any object is built. It counts the messages, because a
/// small file can hold so many empty ones that the objects for them would not fit into memory, and finds
/// tensors that lie in other files. The weights themselves are stepped over, so that a walk costs next to nothing.
/// </summary>
internal struct OnnxWireScan
{
    // as deep as Google.Protobuf itself goes
    private const int MaxDepth = 100;

    // wire types of the protocol buffer encoding; the two of groups are not used in ONNX
    private const int Number = 0, EightBytes = 1, Bytes = 2, FourBytes = 5;

    private readonly string _file;
    private readonly int _maxMessages;
    private int _messages;

    private OnnxWireScan(string file, int maxMessages) => (_file, _maxMessages) = (file, maxMessages);

    /// <exception cref="OnnxFormatException">
    /// There are more than <paramref name="maxMessages"/>, they are nested too deeply, a tensor lies in another file,
    /// or the content is no protocol buffer.
    /// </exception>
    public static void Check(ReadOnlySpan<byte> content, string file, int maxMessages) =>
        new OnnxWireScan(file, maxMessages).Message(content, ModelProto.Descriptor, depth: 0);

    private void Message(ReadOnlySpan<byte> content, MessageDescriptor type, int depth)
    {
        if (++_messages > _maxMessages)
            throw new OnnxFormatException(_file, OnnxFormatError.LimitExceeded, $"has more than {_maxMessages} parts");
        if (depth > MaxDepth)
            throw new OnnxFormatException(_file, OnnxFormatError.LimitExceeded, $"has parts nested more than {MaxDepth} deep");
        ReadOnlySpan<byte> tensorName = default;
        bool isElsewhere = false;
        while (!content.IsEmpty)
        {
            (int number, int wireType) = Tag(ref content);
            ulong value = wireType == Number ? Varint(ref content) : 0;
            ReadOnlySpan<byte> part = Take(ref content, wireType);
            if (type == TensorProto.Descriptor)
            {
                if (number == TensorProto.NameFieldNumber)
                    tensorName = part;
                // parsers cut the number of an enumeration to 32 bits
                isElsewhere |= number == TensorProto.ExternalDataFieldNumber
                    || (number == TensorProto.DataLocationFieldNumber && unchecked((int)value) == (int)TensorProto.Types.DataLocation.External);
            }
            if (wireType == Bytes && type.FindFieldByNumber(number) is { FieldType: FieldType.Message } field)
                Message(part, field.MessageType, depth + 1);
        }
        if (isElsewhere)
        {
            throw new OnnxFormatException(_file, OnnxFormatError.ExternalData,
                $"tensor '{Encoding.UTF8.GetString(tensorName)}' lies in another file; only models in one file are read");
        }
    }

    private readonly (int Number, int WireType) Tag(ref ReadOnlySpan<byte> content)
    {
        ulong tag = Varint(ref content);
        // parsers cut a longer one to 32 bits, and would see another field than this scan
        return tag <= uint.MaxValue ? ((int)(tag >> 3), (int)(tag & 7)) : throw Damaged();
    }

    private readonly ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> content, int wireType)
    {
        ulong length = wireType switch
        {
            Number => 0,
            EightBytes => sizeof(ulong),
            Bytes => Varint(ref content),
            FourBytes => sizeof(uint),
            _ => throw Damaged(),
        };
        if (length > (ulong)content.Length)
            throw Damaged();
        ReadOnlySpan<byte> part = content[..(int)length];
        content = content[(int)length..];
        return part;
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
