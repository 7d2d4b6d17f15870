using Matting.Shared.Numerics;
using Matting.Shared.Weights;

namespace Matting.Shared.Tests.Weights;

/// <summary>Damage of every kind: a result or the one exception, nothing else, and quickly.</summary>
public sealed class HostileFileTests
{
    private const int Mutations = 4000;

    public static TheoryData<string> Files =>
    [
        "tensors_zip.pth", "tensors_legacy.pth", "checkpoint_zip.pth", "checkpoint_legacy.pth", "checkpoint_protocol4.pth",
        "checkpoint_protocol5_legacy.pth", "tensors.safetensors",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_off_anywhere_is_refused(string name)
    {
        byte[] whole = Fixture.Bytes(name);
        Assert.True(Refused.Survives(() => WeightsFile.Load(whole, name)));
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] part = whole[..length];
            Assert.False(Refused.Survives(() => WeightsFile.Load(part, name)), $"the first {length} of {whole.Length} bytes were accepted");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_with_changed_bytes_gives_a_result_or_the_one_exception(string name)
    {
        byte[] whole = Fixture.Bytes(name);
        SeededRandom random = new(8, name.Length);
        for (int i = 0; i < Mutations; i++)
            Refused.Survives(() => WeightsFile.Load(Mutate(whole, random), name));
    }

    [Theory]
    [InlineData("tensors_zip.pth")]
    [InlineData("checkpoint_zip.pth")]
    public void A_pickle_with_changed_bytes_gives_a_result_or_the_one_exception(string name)
    {
        // the container's checksum would catch most changes before the pickle machine sees them: here it is made anew
        byte[] whole = Fixture.Bytes(name);
        int start = whole.AsSpan().IndexOf([(byte)0x80, (byte)2]);
        int end = whole.AsSpan(start).IndexOf("PK\u0007\u0008"u8) + start;
        byte[] pickle = whole[start..end];
        SeededRandom random = new(9, name.Length);
        for (int i = 0; i < Mutations; i++)
        {
            byte[] changed = TinyZip.Checkpoint(Mutate(pickle, random), new float[12], new float[2], new float[4]);
            Refused.Survives(() => PthFile.Read(changed, name));
        }
    }

    [Fact]
    public void Random_instructions_give_a_result_or_the_one_exception()
    {
        // only instructions without operands, so that the machine gets far
        byte[] opcodes = [.. "(N)]}aeust012bRQ"u8, 0x85, 0x86, 0x87, 0x88, 0x89, 0x94, (byte)'.'];
        SeededRandom random = new(10);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] pickle = new byte[random.Next(40) + 3];
            for (int j = 0; j < pickle.Length; j++)
                pickle[j] = opcodes[random.Next(opcodes.Length)];
            Refused.Survives(() => PthFile.Read(TinyZip.Checkpoint([0x80, 4, .. pickle, (byte)'.']), "random.pth"));
        }
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        SeededRandom random = new(11);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(200)];
            for (int j = 0; j < bytes.Length; j++)
                bytes[j] = (byte)random.Next(256);
            Assert.False(Refused.Survives(() => WeightsFile.Load(bytes, "noise")));
        }
    }

    // one to eight changes: a byte set, a bit turned, a piece moved, doubled, removed, or made extreme
    private static byte[] Mutate(byte[] original, SeededRandom random)
    {
        List<byte> bytes = [.. original];
        for (int changes = random.Next(8); changes >= 0 && bytes.Count > 8; changes--)
        {
            int at = random.Next(bytes.Count - 4);
            int length = random.Next(Math.Min(16, bytes.Count - at)) + 1;
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    for (int i = 0; i < 4; i++)
                        bytes[at + i] = 0xFF;
                    break;
                default:
                    for (int i = 0; i < 4; i++)
                        bytes[at + i] = 0;
                    break;
            }
        }
        return [.. bytes];
    }
}
