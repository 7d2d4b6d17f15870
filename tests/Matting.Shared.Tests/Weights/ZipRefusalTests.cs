using System.Buffers.Binary;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Tests.Weights;

public sealed class ZipRefusalTests
{
    private static readonly byte[] Nothing = [0x80, 2, (byte)'N', (byte)'.'];

    private static TinyZip.Entry Pickle => new("r/data.pkl", Nothing);

    [Theory]
    [InlineData("archive/data.pkl")]
    [InlineData("any name, even é/data.pkl")]
    public void The_root_of_the_archive_may_have_any_name(string name) =>
        Assert.IsType<PickleNone>(PthFile.Read(new TinyZip().Add(name, Nothing).Build(), "a.pth").Root);

    [Fact]
    public void A_comment_and_unrelated_entries_do_no_harm() =>
        Assert.IsType<PickleNone>(PthFile.Read(
            new TinyZip { Comment = "made by hand" }.Add(Pickle).Add("../../etc/passwd", [1]).Add("/absolute", [2]).Add(@"c:\x", []).Build(), "a.pth").Root);

    [Fact]
    public void A_zip_without_a_pickle_is_refused() =>
        Refused.Pth(BadContainer, new TinyZip().Add("r/model.json", [1]).Build(), "data.pkl");

    [Fact]
    public void A_pickle_that_is_not_directly_below_the_root_does_not_count()
    {
        Refused.Pth(BadContainer, new TinyZip().Add("data.pkl", Nothing).Build(), "this one has 0");
        Refused.Pth(BadContainer, new TinyZip().Add("a/b/data.pkl", Nothing).Build(), "this one has 0");
    }

    [Fact]
    public void Two_pickles_are_refused() =>
        Refused.Pth(BadContainer, new TinyZip().Add("a/data.pkl", Nothing).Add("b/data.pkl", Nothing).Build(), "this one has 2");

    [Fact]
    public void A_script_is_told_from_a_checkpoint() =>
        Refused.Pth(Forbidden, new TinyZip().Add(Pickle).Add("r/constants.pkl", Nothing).Build(), "TorchScript");

    [Fact]
    public void Numbers_of_a_big_endian_machine_are_refused() =>
        Refused.Pth(BigEndian, new TinyZip().Add(Pickle).Add("r/byteorder", "big"u8.ToArray()).Build(), "big-endian");

    [Fact]
    public void A_compressed_entry_is_refused_whatever_it_would_grow_to()
    {
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { Method = 8 }).Build(), "compressed (method 8)", "r/data.pkl");
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { LocalMethod = 8 }).Build(), "compressed");
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { Method = 8, Size = 0xFFFFFFF0, PackedSize = 4 }).Build(), "compressed");
    }

    [Fact]
    public void An_encrypted_entry_is_refused() =>
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { Flags = 1 }).Build(), "encrypted");

    [Fact]
    public void A_size_beyond_the_file_is_refused_before_it_is_allocated()
    {
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { Size = 0x7FFFFFFF }).Build(), "2147483647");
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { Size = (uint)Nothing.Length + 1, LocalSize = uint.MaxValue }).Build(), "beyond");
    }

    [Fact]
    public void Sizes_that_disagree_are_refused()
    {
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { PackedSize = 3 }).Build(), "claims 3 bytes");
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { LocalSize = 3 }).Build(), "its own header");
    }

    [Fact]
    public void Another_name_in_the_entrys_own_header_is_refused() =>
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { LocalName = "r/data.pkx" }).Build(), "called differently");

    [Fact]
    public void An_entry_that_is_not_where_the_directory_says_is_refused()
    {
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { Offset = 1 }).Build(), "no header at offset 1");
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle with { Offset = 0xFFFFFFF0 }).Build(), "beyond");
    }

    [Fact]
    public void Entries_that_overlap_are_refused()
    {
        // the second entry lies inside the bytes of the first: a zip bomb's trick
        byte[] inner = new TinyZip().Add("r/x", [7]).Build()[..34];
        byte[] outer = [.. inner];
        TinyZip zip = new TinyZip().Add(new TinyZip.Entry("r/big", outer)).Add(new TinyZip.Entry("r/x", [7]) { Offset = 35 });
        Refused.Pth(BadContainer, zip.Build(), "overlaps");
    }

    [Fact]
    public void One_entry_listed_twice_is_refused()
    {
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle).Add(Pickle).Build(), "twice");
    }

    [Fact]
    public void Damaged_bytes_are_noticed()
    {
        WeightsFormatException error = Refused.Pth(BadChecksum, new TinyZip().Add(Pickle with { Checksum = 12345 }).Build(), "CRC-32");
        Assert.Equal("r/data.pkl", error.Tensor);
    }

    [Fact]
    public void A_checksum_of_zero_means_that_none_was_made() =>
        Assert.IsType<PickleNone>(PthFile.Read(new TinyZip().Add(Pickle with { Checksum = 0 }).Build(), "a.pth").Root);

    [Fact]
    public void A_directory_that_leaves_the_file_is_refused()
    {
        Refused.Pth(BadContainer, new TinyZip { DirectoryOffset = 0xFFFFFF00 }.Add(Pickle).Build(), "beyond");
        Refused.Pth(BadContainer, new TinyZip { DirectorySize = 0xFFFFFF00 }.Add(Pickle).Build(), "beyond");
        Refused.Pth(BadContainer, new TinyZip { DirectoryOffset = 3 }.Add(Pickle).Build(), "directory entry 0");
    }

    [Fact]
    public void A_wrong_number_of_entries_is_refused()
    {
        Refused.Pth(BadContainer, new TinyZip { Entries = 2 }.Add(Pickle).Build(), "directory entry 1 of 2");
        Refused.Pth(BadContainer, new TinyZip { Entries = 0 }.Add(Pickle).Build(), "follow");
    }

    [Fact]
    public void Sizes_of_64_bits_are_read_from_the_extra_field()
    {
        TinyZip zip = new TinyZip().Add(Pickle with { Size = uint.MaxValue, LocalSize = uint.MaxValue, Offset = uint.MaxValue, CentralExtra = Wide(Nothing.Length, Nothing.Length, 0) });
        Assert.IsType<PickleNone>(PthFile.Read(zip.Build(), "a.pth").Root);
    }

    [Fact]
    public void Sizes_of_64_bits_that_are_missing_or_absurd_are_refused()
    {
        TinyZip.Entry wide = Pickle with { Size = uint.MaxValue, LocalSize = uint.MaxValue };
        Refused.Pth(BadContainer, new TinyZip().Add(wide).Build(), "64-bit");
        Refused.Pth(BadContainer, new TinyZip().Add(wide with { CentralExtra = Wide(4)[..8] }).Build(), "64-bit");
        Refused.Pth(BadContainer, new TinyZip().Add(wide with { CentralExtra = Wide(-1, -1) }).Build(), "18446744073709551615");
        Refused.Pth(BadContainer, new TinyZip().Add(wide with { CentralExtra = Wide(long.MaxValue, long.MaxValue) }).Build(), "beyond");
    }

    [Fact]
    public void A_name_that_is_not_text_is_refused()
    {
        byte[] file = new TinyZip().Add("r/data.pkl", Nothing).Build();
        file[file.AsSpan().LastIndexOf("r/data.pkl"u8)] = 0xFF;
        Refused.Pth(BadContainer, file, "UTF-8");
    }

    [Fact]
    public void Every_entry_is_checked_even_if_no_tensor_needs_it() =>
        Refused.Pth(BadContainer, new TinyZip().Add(Pickle).Add(new TinyZip.Entry("r/unused", [1, 2]) { Method = 12 }).Build(), "r/unused");

    private static byte[] Wide(params long[] numbers)
    {
        byte[] extra = new byte[4 + 8 * numbers.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), (ushort)(8 * numbers.Length));
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(extra.AsSpan(4 + 8 * i), numbers[i]);
        return extra;
    }
}
