using System.Text;

namespace Matting.Runtime.Tests.TinyModels;

/// <summary>Writes the few wire forms of Protocol Buffers that an ONNX file needs; knows nothing of the code under test.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _content = [];

    public byte[] ToArray() => [.. _content];

    public ProtoWriter Number(int field, long value)
    {
        Varint((ulong)(field << 3));
        Varint((ulong)value);
        return this;
    }

    public ProtoWriter Float(int field, float value)
    {
        Varint((ulong)((field << 3) | 5));
        _content.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint((ulong)((field << 3) | 2));
        Varint((ulong)value.Length);
        _content.AddRange(value);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Message(int field, Action<ProtoWriter> write)
    {
        ProtoWriter inner = new();
        write(inner);
        return Bytes(field, inner.ToArray());
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _content.Add((byte)(value | 0x80));
        _content.Add((byte)value);
    }
}
