using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Matting.Shared.Tests.Weights;

/// <summary>Puts files of PyTorch's legacy format together, piece by piece.</summary>
internal sealed class LegacyAssembler
{
    public byte[] Magic { get; init; } = new PickleAssembler().Raw(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19).Stop();

    public byte[] Version { get; init; } = new PickleAssembler().Int(1001).Stop();

    public byte[] Machine { get; init; } = new PickleAssembler().Op("}").Text("little_endian").Raw(0x88).Op("s").Stop();

    public byte[] Value { get; init; } = new PickleAssembler().Op("}").Text("w").Tensor("a", 2, 0, [2], [1], legacy: true).Op("s").Stop();

    public byte[] Keys { get; init; } = new PickleAssembler().Op("]").Text("a").Op("a").Stop();

    public byte[] Storages { get; init; } = Storage(2, 1, 2);

    public byte[] Build() => [.. Magic, .. Version, .. Machine, .. Value, .. Keys, .. Storages];

    public static byte[] Storage(long count, params float[] values)
    {
        byte[] bytes = new byte[8 + 4 * values.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, count);
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(bytes.AsSpan(8));
        return bytes;
    }
}
