using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Weights;
using Matting.Testing;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Tests.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_tensors_that_are_written_are_read_back_in_their_order()
    {
        Gen<List<(string Name, WeightTensor Tensor)>> some =
            from tensor in (from name in SomeValues.Text from tensor in SomeValues.Tensor select (name, tensor)).ListOf()
            select tensor.DistinctBy(pair => pair.name).ToList();
        Prop.ForAll(some.ToArbitrary(), pairs =>
        {
            StateDict tensors = Values.Tensors([.. pairs]);
            StateDict read = SafetensorsFile.Read(Values.SerialiseSafetensors(tensors), "a").Tensors;
            Assert.Equal(tensors.Names, read.Names);
            Assert.All(read, pair => Values.AssertEqual(tensors[pair.Key], pair.Value));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(1, 3));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        StateDict tensors = Values.Tensors(("h", new WeightTensor(ElementType.Float16, [1], new byte[] { 1, 2 })), ("é", WeightTensor.FromFloat32([1.5f], 1)));
        byte[] header = Encoding.UTF8.GetBytes(
            """{"__metadata__":{"a":"1","b":"2"},"h":{"dtype":"F16","shape":[1],"data_offsets":[4,6]},"é":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}   """);
        // the header's length is a multiple of eight, and the float lies before the half so that both are aligned
        Assert.Equal(0, header.Length % 8);
        byte[] expected = [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header, 0, 0, 0xC0, 0x3F, 1, 2];
        Dictionary<string, string> metadata = new() { ["b"] = "2", ["a"] = "1" };
        byte[] actual = Values.SerialiseSafetensors(tensors, metadata);
        Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(actual));
        Assert.Equal(metadata, SafetensorsFile.Read(actual, "a").Metadata);
    }

    [Fact]
    public void A_file_is_written_in_one_step()
    {
        string file = _folder.File("deep", "a.safetensors");
        SafetensorsFile.Write(file, Values.Tensors(("a", WeightTensor.FromFloat32([1]))));
        Assert.Equal(1, WeightsFile.Load(file)["a"].AsFloat32Span()[0]);
        Assert.Throws<IOException>(() => SafetensorsFile.Write(file, new StateDict(), overwrite: false));
    }

    [Fact]
    public void A_tensor_cannot_have_the_name_of_the_metadata() =>
        Assert.Throws<ArgumentException>(() => Values.SerialiseSafetensors(Values.Tensors(("__metadata__", WeightTensor.FromFloat32([1])))));

    [Fact]
    public void White_space_after_the_header_is_allowed() =>
        Assert.Single(SafetensorsFile.Read(File("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}    """, 7), "a").Tensors);

    [Fact]
    public void A_file_shorter_than_its_length_is_refused() => Refused.Safetensors(Truncated, [1, 2, 3]);

    [Theory]
    [InlineData(100_000_001)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void A_huge_header_is_refused_before_it_is_allocated(ulong length) =>
        Refused.Safetensors(LimitExceeded, [.. BitConverter.GetBytes(length), .. "{}"u8], "100000000");

    [Fact]
    public void A_header_beyond_the_file_is_refused() => Refused.Safetensors(Truncated, [99, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]);

    [Theory]
    [InlineData("")]
    [InlineData(" {}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}}")]
    [InlineData("{} x")]
    [InlineData("{}\0")]
    [InlineData("{/* no */}")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1]}}""")]
    [InlineData("""{"a":{"dtype":"U8","data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"dtype":8,"shape":[1],"data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":1,"data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[[1]],"data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1e0],"data_offsets":[0,1]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,99999999999999999999]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"extra":1}}""")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""")]
    [InlineData("""{"__metadata__":{"a":1}}""")]
    [InlineData("""{"__metadata__":[]}""")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""")]
    public void A_header_that_the_format_does_not_allow_is_refused(string header) => Refused.Safetensors(BadHeader, File(header, 0));

    [Fact]
    public void A_header_that_is_not_text_is_refused() =>
        Refused.Safetensors(BadHeader, [6, 0, 0, 0, 0, 0, 0, 0, .. "{\""u8, 0xFF, 0xFE, .. "\":"u8]);

    [Fact]
    public void Deep_nesting_is_refused() => Refused.Safetensors(BadHeader, File($$"""{"a":{{new string('[', 100_000)}}"""));

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""")]
    public void A_name_that_is_there_twice_is_refused(string header) => Refused.Safetensors(DuplicateName, File(header), "twice");

    [Theory]
    [InlineData("F8_E4M3")]
    [InlineData("U64")]
    [InlineData("f32")]
    public void An_element_type_that_is_not_read_is_named(string type)
    {
        WeightsFormatException error = Refused.Safetensors(UnsupportedType, File($"{{{Entry("a", type, "[1]", "[0,1]")}}}", 0), type);
        Assert.Equal("a", error.Tensor);
    }

    [Theory]
    [InlineData("[2]", "[0,1]")]
    [InlineData("[1]", "[1,0]")]
    [InlineData("[0]", "[0,1]")]
    [InlineData("[]", "[0,0]")]
    [InlineData("[4611686018427387904,4611686018427387904]", "[0,1]")]
    [InlineData("[9223372036854775807]", "[0,1]")]
    public void A_shape_that_does_not_fit_its_bytes_is_refused_with_its_name(string shape, string offsets)
    {
        WeightsFormatException error = Refused.Safetensors(
            BadTensor, File($"{{{Entry("w", "F32", shape, offsets)}}}", 0, 0, 0, 0), "'w'");
        Assert.Equal("w", error.Tensor);
    }

    [Fact]
    public void A_tensor_beyond_two_gigabytes_is_refused() =>
        Refused.Safetensors(LimitExceeded, File("""{"w":{"dtype":"U8","shape":[4000000000],"data_offsets":[0,4000000000]}}"""), "2 GiB");

    [Fact]
    public void Tensors_beyond_the_file_are_refused() =>
        Refused.Safetensors(Truncated, File("""{"w":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 1), "take 2 bytes, but 1");

    [Theory]
    [InlineData("[0,2]", "[1,3]", "overlap")]
    [InlineData("[0,2]", "[0,2]", "overlap")]
    [InlineData("[0,2]", "[3,5]", "gap")]
    [InlineData("[1,3]", "[3,5]", "gap")]
    [InlineData("[0,2]", "[2,4]", "1 bytes follow")]
    public void Tensors_have_to_cover_the_file_exactly(string first, string second, string word) =>
        Refused.Safetensors(
            BadLayout,
            File($"{{{Entry("a", "U8", "[2]", first)},{Entry("b", "U8", "[2]", second)}}}", 1, 2, 3, 4, 5),
            word);

    [Fact]
    public void Too_many_dimensions_are_refused()
    {
        string shape = string.Join(',', Enumerable.Repeat(1, 65));
        Refused.Safetensors(LimitExceeded, File($"{{{Entry("w", "U8", $"[{shape}]", "[0,1]")}}}", 0), "64 dimensions");
    }

    private static string Entry(string name, string type, string shape, string offsets) =>
        $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":{offsets}}}";

    private static byte[] File(string header, params byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. data];
    }
}
