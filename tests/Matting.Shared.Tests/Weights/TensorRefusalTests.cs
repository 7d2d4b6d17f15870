using Matting.Shared.Weights;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Tests.Weights;

/// <summary>Tensors whose description does not fit their storage; the storage holds the six floats 0..5.</summary>
public sealed class TensorRefusalTests
{
    private static readonly float[] Six = [0, 1, 2, 3, 4, 5];

    [Theory]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 3, 1 }, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(0, new long[] { 3, 2 }, new long[] { 1, 3 }, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(5, new long[] { }, new long[] { }, new float[] { 5 })]
    [InlineData(4, new long[] { 2, 2 }, new long[] { 0, 1 }, new float[] { 4, 5, 4, 5 })]
    [InlineData(1, new long[] { 2, 1, 2 }, new long[] { 2, long.MaxValue, 1 }, new float[] { 1, 2, 3, 4 })]
    [InlineData(1, new long[] { 1, 3 }, new long[] { long.MaxValue, 2 }, new float[] { 1, 3, 5 })]
    [InlineData(0, new long[] { 0, 3 }, new long[] { 3, 1 }, new float[] { })]
    [InlineData(6, new long[] { 0 }, new long[] { 1 }, new float[] { })]
    [InlineData(99, new long[] { 0, long.MaxValue, long.MaxValue }, new long[] { 1, 1, 1 }, new float[] { })]
    [InlineData(0, new long[] { 2, 2, 2 }, new long[] { 1, 1, 1 }, new float[] { 0, 1, 1, 2, 1, 2, 2, 3 })]
    public void A_view_inside_its_storage_is_gathered(long offset, long[] shape, long[] strides, float[] expected)
    {
        WeightTensor tensor = WeightsFile.Load(File(offset, shape, strides), "a.pth")["w"];
        Assert.Equal(shape, tensor.Shape);
        Assert.Equal(expected, tensor.AsFloat32Span().ToArray());
    }

    [Theory]
    [InlineData(1, new long[] { 2, 3 }, new long[] { 3, 1 }, "element 6 of a storage of 6")]
    [InlineData(6, new long[] { }, new long[] { }, "element 6")]
    [InlineData(0, new long[] { 7 }, new long[] { 1 }, "element 6")]
    [InlineData(0, new long[] { 2, 2 }, new long[] { long.MaxValue, long.MaxValue }, "reaches element")]
    [InlineData(long.MaxValue, new long[] { 2 }, new long[] { long.MaxValue }, "reaches element")]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 }, "negative")]
    [InlineData(3, new long[] { 2 }, new long[] { -1 }, "negative")]
    [InlineData(0, new long[] { -2, 3 }, new long[] { 3, 1 }, "impossible shape [-2, 3]")]
    [InlineData(0, new long[] { -2, -3 }, new long[] { 3, 1 }, "impossible shape")]
    [InlineData(0, new long[] { 1L << 32, 1L << 32 }, new long[] { 0, 0 }, "impossible shape")]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 1 }, "2 sizes but 1 strides")]
    public void A_view_that_leaves_its_storage_is_refused_with_its_name(long offset, long[] shape, long[] strides, string words)
    {
        WeightsFormatException error = Refused.Pth(BadTensor, File(offset, shape, strides), words, "'w'");
        Assert.Equal("w", error.Tensor);
    }

    [Fact]
    public void One_number_expanded_to_gigabytes_is_refused() =>
        Refused.Pth(LimitExceeded, File(0, [1L << 20, 1L << 8], [0, 0]), "more than");

    [Fact]
    public void Many_expanded_tensors_are_refused_together()
    {
        PickleAssembler pickle = new PickleAssembler().Op("}(");
        for (int i = 0; i < 40; i++)
            pickle.Text($"w{i}").Tensor("0", 6, 0, [2, 1L << 20], [1, 0]);
        Refused.Pth(LimitExceeded, TinyZip.Checkpoint(pickle.Op("u").Stop(), Six), "views that repeat");
    }

    [Fact]
    public void A_tensor_beyond_two_gigabytes_is_refused() =>
        Refused.Pth(LimitExceeded, File(0, [1L << 30], [0]), "2 GiB");

    [Fact]
    public void Too_many_dimensions_are_refused()
    {
        long[] ones = [.. Enumerable.Repeat(1L, 65)];
        Refused.Pth(LimitExceeded, File(0, ones, ones), "65 dimensions");
    }

    [Fact]
    public void A_storage_of_another_size_than_claimed_is_refused() =>
        Refused.Pth(BadTensor, File(0, [2], [1], storageCount: 7), "7 elements of float32", "24 bytes");

    [Fact]
    public void A_storage_that_claims_more_than_memory_holds_is_refused() =>
        Refused.Pth(LimitExceeded, File(0, [2], [1], storageCount: long.MaxValue));

    [Fact]
    public void A_negative_storage_is_refused() =>
        Refused.Pth(BadPickle, File(0, [2], [1], storageCount: -1), "storage");

    [Fact]
    public void A_missing_storage_is_refused() =>
        Refused.Pth(BadTensor, File(0, [2], [1], key: "1"), "storage 1 is not in the file", "'w'");

    [Theory]
    [InlineData("../data.pkl")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public void A_storage_key_is_never_a_path(string key) => Refused.Pth(BadTensor, File(0, [2], [1], key: key), "not in the file");

    [Fact]
    public void One_storage_with_two_types_is_refused()
    {
        byte[] pickle = new PickleAssembler().Op("}(").Text("a").Tensor("0", 6, 0, [6], [1])
            .Text("b").Tensor("0", 6, 0, [6], [1], "IntStorage").Op("u").Stop();
        WeightsFormatException error = Refused.Pth(BadTensor, TinyZip.Checkpoint(pickle, Six), "two types");
        Assert.Equal("b", error.Tensor);
    }

    [Fact]
    public void A_negated_view_is_refused_instead_of_being_read_wrongly()
    {
        byte[] pickle = new PickleAssembler().Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text("storage")
            .Global("torch", "FloatStorage").Text("0").Text("cpu").Int(6).Op("tQ").Int(0).Longs(6).Longs(1).Raw(0x89)
            .Global("collections", "OrderedDict").Op(")R}").Text("neg").Raw(0x88).Op("stR").Stop();
        Refused.Pth(BadPickle, TinyZip.Checkpoint(pickle, Six), "torch._utils._rebuild_tensor_v2");
    }

    [Fact]
    public void A_bare_storage_is_not_a_value()
    {
        byte[] pickle = new PickleAssembler().Op("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Int(6).Op("tQ").Stop();
        Refused.Pth(Forbidden, TinyZip.Checkpoint(pickle, Six), "storage");
    }

    private static byte[] File(long offset, long[] shape, long[] strides, long storageCount = 6, string key = "0") =>
        TinyZip.Checkpoint(
            new PickleAssembler().Op("}").Text("w").Tensor(key, storageCount, offset, shape, strides).Op("s").Stop(), Six);
}
