using System.Buffers.Binary;
using System.Text;

namespace Matting.Shared.Tests.Weights;

/// <summary>Puts pickles together instruction by instruction, also ones that no pickler would write.</summary>
internal sealed class PickleAssembler
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] Bytes => [.. _bytes];

    public PickleAssembler Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleAssembler Op(string opcodes) => Raw(Encoding.Latin1.GetBytes(opcodes));

    public PickleAssembler Global(string module, string name) => Op($"c{module}\n{name}\n");

    public PickleAssembler Text(string text) => Op("X").UInt32((uint)Encoding.UTF8.GetByteCount(text)).Raw(Encoding.UTF8.GetBytes(text));

    public PickleAssembler Int(int value) => Op("J").UInt32((uint)value);

    public PickleAssembler Long(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8A, 8).Raw(bytes);
    }

    public PickleAssembler Longs(params long[] values)
    {
        Op("(");
        foreach (long value in values)
            Long(value);
        return Op("t");
    }

    public PickleAssembler UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    /// <summary>A tensor over storage <paramref name="key"/>, as torch.save describes it.</summary>
    public PickleAssembler Tensor(
        string key, long storageCount, long offset, long[] shape, long[] strides, string storage = "FloatStorage", bool legacy = false)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text("storage").Global("torch", storage).Text(key).Text("cpu").Long(storageCount);
        if (legacy)
            Op("N");
        return Op("tQ").Long(offset).Longs(shape).Longs(strides).Raw(0x89).Global("collections", "OrderedDict").Op(")RtR");
    }

    public byte[] Stop() => Op(".").Bytes;
}
