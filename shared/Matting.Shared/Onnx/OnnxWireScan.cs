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
        WireReader reader = new(content, _file);
        while (reader.Next())
        {
            if (type == TensorProto.Descriptor)
            {
                if (reader.Field == TensorProto.NameFieldNumber)
                    tensorName = reader.Part;
                // parsers cut the number of an enumeration to 32 bits
                isElsewhere |= reader.Field == TensorProto.ExternalDataFieldNumber
                    || (reader.Field == TensorProto.DataLocationFieldNumber && unchecked((int)reader.Value) == (int)TensorProto.Types.DataLocation.External);
            }
            if (reader.WireType == WireReader.Bytes && type.FindFieldByNumber(reader.Field) is { FieldType: FieldType.Message } field)
                Message(reader.Part, field.MessageType, depth + 1);
        }
        if (isElsewhere)
        {
            throw new OnnxFormatException(_file, OnnxFormatError.ExternalData,
                $"tensor '{Encoding.UTF8.GetString(tensorName)}' lies in another file; only models in one file are read");
        }
    }
}
