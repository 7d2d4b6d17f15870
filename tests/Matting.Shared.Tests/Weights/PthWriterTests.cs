using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;

namespace Matting.Shared.Tests.Weights;

public sealed class PthWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_value_that_is_written_is_read_back()
    {
        Prop.ForAll(SomeValues.Tree(4).ToArbitrary(), value => Values.AssertEqual(value, PthFile.Read(Values.Serialise(value), "a").Root))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));
    }

    [Fact]
    public void The_pickle_has_the_instructions_of_torch_save()
    {
        PickleDict root = new() { { "w", WeightTensor.FromFloat32([1, 2], 1, 2) }, { "lr", 0.5 }, { "n", 300 } };
        byte[] expected =
        [
            0x80, 2, .. "}("u8,
            .. "X"u8, 1, 0, 0, 0, .. "wq"u8, 0,
            .. "ctorch._utils\n_rebuild_tensor_v2\nq"u8, 1, .. "(("u8,
            .. "X"u8, 7, 0, 0, 0, .. "storageq"u8, 2, .. "ctorch\nFloatStorage\nq"u8, 3,
            .. "X"u8, 1, 0, 0, 0, .. "0q"u8, 4, .. "X"u8, 3, 0, 0, 0, .. "cpuq"u8, 5, .. "K"u8, 2, .. "tQ"u8,
            .. "K"u8, 0, .. "(K"u8, 1, .. "K"u8, 2, .. "t(K"u8, 2, .. "K"u8, 1, .. "t"u8, 0x89,
            .. "ccollections\nOrderedDict\nq"u8, 6, .. ")RtR"u8,
            .. "X"u8, 2, 0, 0, 0, .. "lrq"u8, 7, .. "G"u8, 0x3F, 0xE0, 0, 0, 0, 0, 0, 0,
            .. "X"u8, 1, 0, 0, 0, .. "nq"u8, 8, .. "M"u8, 44, 1, .. "u."u8,
        ];
        byte[] file = Values.Serialise(root);
        int start = file.AsSpan().IndexOf([(byte)0x80, (byte)2]);
        Near.AssertSameBytes(expected, file.AsSpan(start, expected.Length), "data.pkl");
        Assert.Equal(0, start % 64);
    }

    [Fact]
    public void The_same_value_gives_the_same_bytes()
    {
        PickleValue root = PthFile.Read(Fixture.Path("checkpoint_zip.pth")).Root;
        byte[] first = Values.Serialise(root);
        Assert.Equal(first, Values.Serialise(root));
        // also under another name and at another time
        PthFile.Write(_folder.File("other_name.pth"), root);
        Assert.Equal(first, File.ReadAllBytes(_folder.File("other_name.pth")));
    }

    [Fact]
    public void Storages_lie_at_multiples_of_64_bytes_for_mapped_loading()
    {
        StateDict tensors = Values.Tensors(
            ("a", WeightTensor.FromFloat32([1.25f])), ("b", WeightTensor.FromFloat32([2.5f, 3], 2)), ("c", WeightTensor.FromFloat32([7.125f])));
        byte[] file = Values.Serialise(new PickleDict(tensors));
        foreach (KeyValuePair<string, WeightTensor> pair in tensors)
            Assert.Equal(0, file.AsSpan().IndexOf(pair.Value.Data.Span) % 64);
    }

    [Fact]
    public void Entries_are_named_as_torch_load_expects_them()
    {
        byte[] file = Values.Serialise(new PickleDict(Values.Tensors(("a", WeightTensor.FromFloat32([1])))));
        using System.IO.Compression.ZipArchive zip = new(new MemoryStream(file));
        Assert.Equal(["archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/version"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        using StreamReader version = new(zip.GetEntry("archive/version")!.Open());
        Assert.Equal("3\n", version.ReadToEnd());
        using StreamReader order = new(zip.GetEntry("archive/byteorder")!.Open());
        Assert.Equal("little", order.ReadToEnd());
    }

    [Fact]
    public void A_tensor_used_twice_is_stored_once()
    {
        WeightTensor tied = WeightTensor.FromFloat32(new float[1000], 1000);
        byte[] file = Values.Serialise(new PickleDict { { "a", tied }, { "b", tied } });
        Assert.True(file.Length < 6000, $"{file.Length} bytes");
        StateDict tensors = PthFile.Read(file, "a").FindStateDict();
        Assert.True(tensors["a"].Data.Equals(tensors["b"].Data));
    }

    [Fact]
    public void A_state_dictionary_is_written_as_an_ordered_one()
    {
        string file = _folder.File("new", "bare.pth");
        PthFile.Write(file, Values.Tensors(("b", WeightTensor.FromFloat32([1])), ("a", WeightTensor.FromInt64([2]))));
        PickleDict root = Assert.IsType<PickleDict>(PthFile.Read(file).Root);
        Assert.True(root.IsOrdered);
        Assert.Equal(["b", "a"], WeightsFile.Load(file).Names);
    }

    [Fact]
    public void An_existing_file_is_kept_when_asked_for()
    {
        string file = _folder.Text("a.pth", "old");
        Assert.Throws<IOException>(() => PthFile.Write(file, new PickleDict(), overwrite: false));
        Assert.Equal("old", File.ReadAllText(file));
    }

    [Fact]
    public void A_value_that_contains_itself_is_an_error_and_leaves_no_file()
    {
        PickleList list = [];
        list.Add(list);
        Assert.Throws<ArgumentException>(() => PthFile.Write(_folder.File("a.pth"), list));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_an_error() => Assert.ThrowsAny<ArgumentException>(() => Values.Serialise("\ud800"));

    [Fact]
    public void A_whole_number_is_written_up_to_255_bytes()
    {
        PickleInteger most = new(BigInteger.Pow(2, 8 * 255 - 1) - 1);
        Values.AssertEqual(most, PthFile.Read(Values.Serialise(most), "a").Root);
        Assert.Throws<ArgumentException>(() => Values.Serialise(new PickleInteger(most.Value + 1)));
    }

    [Theory]
    [InlineData(0), InlineData(255), InlineData(256), InlineData(65535), InlineData(65536), InlineData(int.MaxValue), InlineData(int.MaxValue + 1L)]
    [InlineData(-1), InlineData(int.MinValue), InlineData(int.MinValue - 1L), InlineData(long.MaxValue), InlineData(long.MinValue)]
    public void Whole_numbers_survive_at_the_edges_of_each_encoding(long value) =>
        Values.AssertEqual(value, PthFile.Read(Values.Serialise(value), "a").Root);

    [Fact]
    public void More_than_256_different_strings_survive()
    {
        PickleList list = [];
        for (int i = 0; i < 600; i++)
            list.Add($"text {i % 300}");
        Values.AssertEqual(list, PthFile.Read(Values.Serialise(list), "a").Root);
    }

    [Fact]
    public void More_entries_than_16_bits_can_count_survive()
    {
        StateDict tensors = new();
        for (int i = 0; i < 66_000; i++)
            tensors.Add(i.ToString(System.Globalization.CultureInfo.InvariantCulture), WeightTensor.FromInt64([i]));
        StateDict read = PthFile.Read(Values.Serialise(new PickleDict(tensors)), "a").FindStateDict();
        Assert.Equal(66_000, read.Count);
        Assert.Equal(65_999, read["65999"].AsInt64Span()[0]);
    }
}
