using System.Buffers.Binary;
using System.Text;
using Google.Protobuf.Reflection;

namespace Matting.Shared.Onnx;

/// <summary>
/// Looks for numbers in a file that an engine computes sizes from and that no model can mean: dimensions, attributes
/// and constants beyond 2^31, sides of more than 65536 pixels, windows of more than 4096. ONNX Runtime multiplies and adds them unchecked when it works out the shapes of a graph, and a
/// dimension that became negative on the way ends its process. For files that <see cref="OnnxWireScan"/> found sound.
/// </summary>
internal sealed class OnnxNumberScan
{
    private const long Largest = int.MaxValue;

    // a layer's window and its surroundings: the largest of published networks have a few hundred pixels
    private const long LargestWindow = 4096;

    private static readonly HashSet<string> Windows = ["kernel_shape", "strides", "dilations", "pads", "output_padding", "blocksize"];

    // constants with more bytes than this are weights, not sizes
    private const int LongestList = 64 * sizeof(long);

    // "to the end" is written as the largest number there is
    private static readonly HashSet<string> MayBeLarge = ["starts", "ends", "value_int", "value_ints"];

    // a side of a picture, or of what a layer makes of it
    private const long LargestSide = 1 << 16;

    // positions of a picture one after the other, as attention and deformable convolutions have them
    private const long LargestExpansion = 1 << 24;

    // rounds of a loop; more of them would only be time
    private const long LargestLoop = 1 << 16;

    // operators that compute a size or a number of rounds from a constant: at which input, and how large its numbers may be
    private static readonly Dictionary<string, (int Input, long Largest)> SizeInputs = new()
    {
        ["ConstantOfShape"] = (0, Largest), ["Loop"] = (0, LargestLoop), ["Reshape"] = (1, Largest),
        ["Expand"] = (1, LargestExpansion), ["Pad"] = (1, LargestSide), ["Resize"] = (3, LargestSide), ["Tile"] = (1, LargestExpansion),
    };

    private readonly string _file;
    private readonly List<(string Constant, long Largest)> _sizes = [];
    private readonly Dictionary<string, long> _constants = [];
    private long _lastTensor;

    private OnnxNumberScan(string file) => _file = file;

    /// <exception cref="OnnxFormatException">There is such a number.</exception>
    public static void Check(ReadOnlySpan<byte> content, string file)
    {
        OnnxNumberScan scan = new(file);
        scan.Message(content, ModelProto.Descriptor);
        foreach ((string name, long largest) in scan._sizes)
        {
            if (scan._constants.TryGetValue(name, out long value))
                scan.Check(value, $"constant '{name}'", largest);
        }
    }

    private void Message(ReadOnlySpan<byte> content, MessageDescriptor type)
    {
        if (type == TensorProto.Descriptor)
            Tensor(content);
        else if (type == AttributeProto.Descriptor)
            Attribute(content);
        WireReader reader = new(content, _file);
        while (reader.Next())
        {
            if (type == TensorShapeProto.Types.Dimension.Descriptor && reader is { Field: TensorShapeProto.Types.Dimension.DimValueFieldNumber, WireType: WireReader.Number })
                Check(unchecked((long)reader.Value), "a dimension");
            if (reader.WireType == WireReader.Bytes && type.FindFieldByNumber(reader.Field) is { FieldType: FieldType.Message } field)
                Message(reader.Part, field.MessageType);
        }
        if (type == NodeProto.Descriptor)
            Node(content);
    }

    private void Tensor(ReadOnlySpan<byte> content)
    {
        string name = "";
        long largest = 0;
        WireReader reader = new(content, _file);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case TensorProto.DimsFieldNumber:
                    Check(Most(reader), "a dimension of a constant");
                    break;
                case TensorProto.Int64DataFieldNumber:
                    largest = Further(largest, Most(reader));
                    break;
                case TensorProto.RawDataFieldNumber when reader.Part.Length <= LongestList && reader.Part.Length % sizeof(long) == 0:
                    for (ReadOnlySpan<byte> rest = reader.Part; !rest.IsEmpty; rest = rest[sizeof(long)..])
                        largest = Further(largest, BinaryPrimitives.ReadInt64LittleEndian(rest));
                    break;
                case TensorProto.NameFieldNumber:
                    name = Encoding.UTF8.GetString(reader.Part);
                    break;
            }
        }
        _lastTensor = largest;
        _constants[name] = _constants.TryGetValue(name, out long before) ? Further(before, largest) : largest;
    }

    private void Attribute(ReadOnlySpan<byte> content)
    {
        string name = "";
        long largest = 0;
        WireReader reader = new(content, _file);
        while (reader.Next())
        {
            if (reader.Field is AttributeProto.IFieldNumber or AttributeProto.IntsFieldNumber)
                largest = Further(largest, Most(reader));
            else if (reader.Field == AttributeProto.NameFieldNumber)
                name = Encoding.UTF8.GetString(reader.Part);
        }
        if (!MayBeLarge.Contains(name))
            Check(largest, $"attribute '{name}'", Windows.Contains(name) ? LargestWindow : Largest);
    }

    private void Node(ReadOnlySpan<byte> content)
    {
        string operation = "", output = "";
        List<string> inputs = [];
        WireReader reader = new(content, _file);
        while (reader.Next())
        {
            if (reader.Field == NodeProto.OpTypeFieldNumber)
                operation = Encoding.UTF8.GetString(reader.Part);
            else if (reader.Field == NodeProto.InputFieldNumber)
                inputs.Add(Encoding.UTF8.GetString(reader.Part));
            else if (reader.Field == NodeProto.OutputFieldNumber)
                output = Encoding.UTF8.GetString(reader.Part);
        }
        // its tensor was the last one seen
        if (operation == "Constant")
            _constants[output] = _lastTensor;
        // an input that is left out has no name
        if (SizeInputs.TryGetValue(operation, out (int Input, long Largest) size) && size.Input < inputs.Count && inputs[size.Input].Length > 0)
            _sizes.Add((inputs[size.Input], size.Largest));
    }

    // a number, or the one of a packed list that is farthest from zero
    private long Most(WireReader field)
    {
        if (field.WireType == WireReader.Number)
            return unchecked((long)field.Value);
        long most = 0;
        WireReader list = new(field.WireType == WireReader.Bytes ? field.Part : default, _file);
        while (list.NextPacked(out long number))
            most = Further(most, number);
        return most;
    }

    private static long Further(long a, long b) => Int128.Abs(a) >= Int128.Abs(b) ? a : b;

    private void Check(long value, string what, long largest = Largest)
    {
        if (value > largest || value < -largest)
            throw new OnnxFormatException(_file, OnnxFormatError.LimitExceeded, $"{what} is {value}, which no picture needs");
    }
}
