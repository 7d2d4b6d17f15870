using System.Runtime.InteropServices;

namespace Matting.Runtime.Tests.TinyModels;

/// <summary>
/// Builds ONNX files of a few nodes by hand, so that the tests of ONNX Runtime and of the runtime
/// library depend on no exporter. Field numbers are those of onnx.proto.
/// </summary>
internal sealed class TinyModel
{
    public const int Float = 1, UInt8 = 2, Int32 = 6, Int64 = 7, Bool = 9, Float16 = 10, Double = 11;

    private const int AttributeFloat = 1, AttributeInt = 2, AttributeText = 3, AttributeInts = 7;

    private readonly ProtoWriter _graph = new();
    private readonly ProtoWriter _properties = new();

    public string GraphName { get; init; } = "tiny";

    public string Producer { get; init; } = "hand";

    public string Domain { get; init; } = "";

    public string Description { get; init; } = "";

    public string GraphDescription { get; init; } = "";

    public long Version { get; init; } = 1;

    /// <param name="name">The input's name.</param>
    /// <param name="type">Element type.</param>
    /// <param name="dimensions">A long is fixed, a string names an open dimension, null leaves it open without a name.</param>
    public TinyModel Input(string name, int type, params object?[] dimensions) => Value(11, name, type, dimensions);

    public TinyModel Output(string name, int type, params object?[] dimensions) => Value(12, name, type, dimensions);

    public TinyModel Weights(string name, float[] values, params long[] shape)
    {
        _graph.Message(5, tensor =>
        {
            foreach (long dimension in shape)
                tensor.Number(1, dimension);
            tensor.Number(2, Float).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(values));
        });
        return this;
    }

    public TinyModel Integers(string name, long[] values, params long[] shape)
    {
        _graph.Message(5, tensor =>
        {
            foreach (long dimension in shape)
                tensor.Number(1, dimension);
            tensor.Number(2, Int64).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<long>(values));
        });
        return this;
    }

    public TinyModel Node(string operation, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        _graph.Message(1, node =>
        {
            foreach (string input in inputs)
                node.Text(1, input);
            foreach (string output in outputs)
                node.Text(2, output);
            node.Text(3, $"{operation}_{outputs[0]}").Text(4, operation);
            foreach ((string name, object value) in attributes)
                node.Message(5, attribute => Attribute(attribute.Text(1, name), value));
        });
        return this;
    }

    public TinyModel Property(string key, string value)
    {
        _properties.Message(14, entry => entry.Text(1, key).Text(2, value));
        return this;
    }

    public TinyModel Properties(IEnumerable<KeyValuePair<string, string>> properties)
    {
        foreach ((string key, string value) in properties)
            Property(key, value);
        return this;
    }

    public byte[] ToBytes()
    {
        _graph.Text(2, GraphName).Text(10, GraphDescription);
        ProtoWriter model = new();
        model.Number(1, 8).Text(2, Producer).Text(4, Domain).Number(5, Version).Text(6, Description).Bytes(7, _graph.ToArray());
        model.Message(8, opset => opset.Number(2, 17));
        return [.. model.ToArray(), .. _properties.ToArray()];
    }

    private static void Attribute(ProtoWriter attribute, object value)
    {
        switch (value)
        {
            case float number:
                attribute.Float(2, number).Number(20, AttributeFloat);
                break;
            case long number:
                attribute.Number(3, number).Number(20, AttributeInt);
                break;
            case string text:
                attribute.Text(4, text).Number(20, AttributeText);
                break;
            case long[] numbers:
                foreach (long number in numbers)
                    attribute.Number(8, number);
                attribute.Number(20, AttributeInts);
                break;
            default:
                throw new ArgumentException($"no attribute for a {value.GetType()}", nameof(value));
        }
    }

    private TinyModel Value(int field, string name, int type, object?[] dimensions)
    {
        _graph.Message(field, value => value.Text(1, name).Message(2, typed => typed.Message(1, tensor =>
        {
            tensor.Number(1, type).Message(2, shape =>
            {
                foreach (object? dimension in dimensions)
                    shape.Message(1, one => Dimension(one, dimension));
            });
        })));
        return this;
    }

    private static void Dimension(ProtoWriter target, object? dimension)
    {
        if (dimension is string symbol)
            target.Text(2, symbol);
        else if (dimension is not null)
            target.Number(1, Convert.ToInt64(dimension, System.Globalization.CultureInfo.InvariantCulture));
    }
}
