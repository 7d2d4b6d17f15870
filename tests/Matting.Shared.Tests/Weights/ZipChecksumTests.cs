using Matting.Shared.Numerics;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Tests.Weights;

public sealed class ZipChecksumTests
{
    [Fact]
    public void The_checksum_equals_its_bitwise_twin_at_every_length()
    {
        // a zip of one entry a length, with checksums computed bit by bit: reading a tensor verifies its own
        SeededRandom random = new(12);
        for (int length = 0; length < 400; length++)
        {
            byte[] storage = new byte[length];
            for (int i = 0; i < length; i++)
                storage[i] = (byte)random.Next(256);
            byte[] pickle = new PickleAssembler().Tensor("0", length, 0, [length], [1], "ByteStorage").Stop();
            byte[] file = new TinyZip().Add("r/data.pkl", pickle).Add("r/data/0", storage).Build();
            PickleTensor tensor = Assert.IsType<PickleTensor>(PthFile.Read(file, "a").Root);
            Assert.Equal(storage, tensor.Value.Data.ToArray());
        }
    }

    [Fact]
    public void The_checksum_that_is_written_equals_its_bitwise_twin()
    {
        byte[] storage = [.. Enumerable.Range(0, 100_003).Select(i => (byte)(i * i + i / 7))];
        byte[] file = Values.Serialise(new WeightTensor(ElementType.UInt8, [storage.Length], storage));
        using System.IO.Compression.ZipArchive zip = new(new MemoryStream(file));
        Assert.Equal(TinyZip.Crc(storage), zip.GetEntry("archive/data/0")!.Crc32);
    }
}
