using Google.Protobuf;
using Matting.Fuzz.Running;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Onnx;
using Matting.Testing;

namespace Matting.Runtime.Tests.Loading;

public sealed class BadModelTests
{
    [Fact]
    public void A_missing_file_is_named()
    {
        using TempFolder folder = new();
        MattingModelException refused = Assert.Throws<MattingModelException>(() => MattingModel.Load(folder.File("none.onnx")));
        Assert.Equal(MattingModelError.Unreadable, refused.Reason);
        Assert.EndsWith("none.onnx: there is no such file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_model()
    {
        using TempFolder folder = new();
        MattingModelException refused = Assert.Throws<MattingModelException>(() => MattingModel.Load(folder.Path));
        Assert.Equal(MattingModelError.Unreadable, refused.Reason);
        Assert.Contains("is a folder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_and_one_of_something_else_are_refused()
    {
        Assert.Equal(MattingModelError.Invalid, Refused([]).Reason);
        Assert.Equal("bad.onnx: is no ONNX model, or one that is damaged or cut off", Damaged("GIF89a, not a model"u8.ToArray()).Message);
    }

    [Fact]
    public void A_model_cut_anywhere_in_its_graph_is_refused()
    {
        byte[] whole = MattingSmall.Foreign(1, 8, 8);
        // the last eight bytes are the operator set; without it the rest is refused as well
        for (int length = 0; length < whole.Length; length += 7)
        {
            // within a part the scan tells, between two parts the engine does
            Exception? refused = Record.Exception(() => MattingModel.Load(whole[..length], "bad.onnx", new() { Profile = "half" }));
            Assert.True(refused is OnnxFormatException { Reason: OnnxFormatError.NotOnnx } or MattingModelException { Reason: MattingModelError.Invalid }, $"cut at {length}: {refused}");
        }
    }

    [Fact]
    public void A_model_with_a_tensor_in_another_file_is_refused_and_the_file_not_looked_for()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(MattingSmall.Foreign(1, 8, 8));
        TensorProto weights = model.Graph.Initializer[0];
        weights.ClearRawData();
        weights.FloatData.Clear();
        weights.DataLocation = TensorProto.Types.DataLocation.External;
        weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        OnnxFormatException refused = Damaged(model.ToByteArray());
        Assert.Equal(OnnxFormatError.ExternalData, refused.Reason);
        Assert.Equal($"bad.onnx: tensor '{weights.Name}' lies in another file; only models in one file are read", refused.Message);
    }

    [Fact]
    public void A_small_file_of_very_many_parts_is_refused_before_the_engine_makes_objects_of_them()
    {
        ModelProto model = new() { IrVersion = 8, Graph = new(), OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        model.Graph.Node.AddRange(Enumerable.Repeat(new NodeProto(), 2_000_001));
        Assert.Equal(OnnxFormatError.LimitExceeded, Damaged(model.ToByteArray()).Reason);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 31)]
    public void A_picture_beyond_all_sizes_is_refused_before_the_engine_computes_shapes_from_it(long side)
    {
        byte[] model = new TinyModel()
            .Input("image", TinyModel.Float, 1, 3, side, 8).Output("alpha", TinyModel.Float, 1, 1, 8, 8)
            .Node("MaxPool", ["image"], ["alpha"], ("kernel_shape", new long[] { 1, 1 }), ("pads", new long[] { 0, 0, 0, 0 })).ToBytes();
        OnnxFormatException refused = Damaged(model);
        Assert.Equal(OnnxFormatError.LimitExceeded, refused.Reason);
        Assert.Equal($"bad.onnx: a dimension is {side}, which no picture needs", refused.Message);
    }

    [Fact]
    public void A_small_file_that_asks_for_a_large_constant_does_not_get_it_when_it_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: the memory of a process is read from /proc");
        const long asked = 30_000L * 30_000 * sizeof(float);
        byte[] model = new TinyModel()
            .Input("image", TinyModel.Float, 1, 3, 30_000, 30_000).Output("alpha", TinyModel.Float, 1, 1, 30_000, 30_000)
            .Node("Shape", ["image"], ["shape"]).Node("ConstantOfShape", ["shape"], ["zeros"])
            .Node("ReduceMax", ["zeros"], ["alpha"], ("axes", new long[] { 1 })).ToBytes();
        long before = ProcessMemory.Peak()!.Value;
        MattingModel.Load(model, "large.onnx", new() { Profile = "half" }).Dispose();
        // other tests run beside this one, but none of them takes a tenth of it
        Assert.InRange(ProcessMemory.Peak()!.Value - before, 0, asked / 4);
    }

    [Fact]
    public void A_changed_byte_gives_an_error_or_a_model_but_nothing_else()
    {
        byte[] whole = MattingSmall.Foreign(1, 8, 8);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0x41;
            try
            {
                MattingModel.Load(changed, "changed", new() { Profile = "half", Threads = 1 }).Dispose();
            }
            catch (Exception refused) when (refused is MattingModelException or OnnxFormatException)
            {
                Assert.StartsWith("changed: ", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Two_inputs_are_refused_by_name()
    {
        byte[] model = new TinyModel()
            .Input("image", TinyModel.Float, 1, 1, 8, 8).Input("trimap", TinyModel.Float, 1, 1, 8, 8)
            .Output("alpha", TinyModel.Float, 1, 1, 8, 8).Node("Add", ["image", "trimap"], ["alpha"]).ToBytes();
        Assert.Contains("image, trimap", Unsuitable(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_instead_of_numbers_are_refused() =>
        Assert.Contains("UInt8", Unsuitable(SmallModels.Identity(TinyModel.UInt8, 1, 3, 8, 8)), StringComparison.Ordinal);

    [Fact]
    public void A_rank_other_than_four_is_refused() =>
        Assert.Contains("3 dimensions", Unsuitable(SmallModels.Identity(TinyModel.Float, 3, 8, 8)), StringComparison.Ordinal);

    [Fact]
    public void Grey_input_and_coloured_output_are_refused()
    {
        Assert.Contains("1 channels", Unsuitable(SmallModels.Identity(TinyModel.Float, 1, 1, 8, 8)), StringComparison.Ordinal);
        Assert.Contains("3 channels", Unsuitable(SmallModels.Identity(TinyModel.Float, 1, 3, 8, 8)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_of_another_size_than_the_input_is_refused()
    {
        byte[] model = new TinyModel()
            .Input("image", TinyModel.Float, 1, 3, 8, 8).Output("alpha", TinyModel.Float, 1, 1, 4, 4)
            .Weights("w", new float[12], 1, 3, 2, 2)
            .Node("Conv", ["image", "w"], ["alpha"], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })).ToBytes();
        Assert.Contains("size of its picture", Unsuitable(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_is_fixed_at_more_than_one_is_refused() =>
        Assert.Contains("exactly 4 pictures", Unsuitable(MattingSmall.Foreign(4, 8, 8)), StringComparison.Ordinal);

    [Fact]
    public void Of_several_outputs_one_has_to_be_chosen_unless_it_is_called_alpha()
    {
        TinyModel Several(string first) => new TinyModel()
            .Input("image", TinyModel.Float, 1, 3, 8, 8).Output(first, TinyModel.Float, 1, 1, 8, 8).Output("d1", TinyModel.Float, 1, 1, 8, 8)
            .Weights("w", [1f, 0f, 0f], 1, 3, 1, 1)
            .Node("Conv", ["image", "w"], [first]).Node("Neg", [first], ["d1"]);
        Assert.Contains("d0, d1", Unsuitable(Several("d0").ToBytes()), StringComparison.Ordinal);
        using MattingModel alpha = MattingModel.Load(Several("alpha").ToBytes(), "m", new() { Profile = "unit" });
        using MattingModel chosen = MattingModel.Load(Several("d0").ToBytes(), "m", new() { Profile = "unit", Output = "d1" });
        float[] input = new float[192];
        input[0] = 0.5f;
        float[] result = new float[64];
        chosen.Run(input, 1, 8, 8, result, TestContext.Current.CancellationToken);
        Assert.Equal(-0.5f, result[0]);
        MattingModelException refused = Assert.Throws<MattingModelException>(
            () => MattingModel.Load(Several("d0").ToBytes(), "m", new() { Profile = "unit", Output = "d7" }));
        Assert.Contains("no output 'd7'; it has d0, d1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_beyond_all_memory_is_refused_before_any_is_taken()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(40_000, 40_000), "huge.onnx");
        MattingModelException refused = Assert.Throws<MattingModelException>(
            () => model.Predict(Pictures.Rgb(8, 8), null, TestContext.Current.CancellationToken));
        Assert.Contains("40000x40000", refused.Message, StringComparison.Ordinal);
    }

    private static MattingModelException Refused(byte[] model) =>
        Assert.Throws<MattingModelException>(() => MattingModel.Load(model, "bad.onnx", new() { Profile = "half" }));

    private static OnnxFormatException Damaged(byte[] model) =>
        Assert.Throws<OnnxFormatException>(() => MattingModel.Load(model, "bad.onnx", new() { Profile = "half" }));

    private static string Unsuitable(byte[] model)
    {
        MattingModelException refused = Refused(model);
        Assert.Equal(MattingModelError.Unsuitable, refused.Reason);
        return refused.Message;
    }
}
