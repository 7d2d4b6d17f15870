using System.Numerics;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Tests.Weights;

/// <summary>Files of the real torch.save, small enough to live in the repository.</summary>
public sealed class FixtureTests
{
    public static TheoryData<string> TensorFiles => ["tensors_zip.pth", "tensors_legacy.pth", "tensors.safetensors"];

    public static TheoryData<string> Checkpoints =>
        ["checkpoint_zip.pth", "checkpoint_legacy.pth", "checkpoint_protocol4.pth", "checkpoint_protocol5_legacy.pth"];

    [Theory]
    [MemberData(nameof(TensorFiles))]
    public void Every_kind_of_view_comes_out_in_C_order(string file)
    {
        StateDict tensors = WeightsFile.Load(Fixture.Path(file));
        AssertFloats(tensors["whole"], [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        AssertFloats(tensors["row"], [4], [4, 5, 6, 7]);
        AssertFloats(tensors["column"], [3], [2, 6, 10]);
        AssertFloats(tensors["transposed"], [4, 3], [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
        AssertFloats(tensors["expanded"], [3, 2], [7, 8, 7, 8, 7, 8]);
        AssertFloats(tensors["scalar"], [], [2.5f]);
        AssertFloats(tensors["empty"], [0, 3], []);
    }

    [Theory]
    [MemberData(nameof(TensorFiles))]
    public void Every_element_type_is_read_as_itself(string file)
    {
        StateDict tensors = WeightsFile.Load(Fixture.Path(file));
        foreach (ElementType type in Enum.GetValues<ElementType>().Except([ElementType.Float32, ElementType.Bool]))
        {
            WeightTensor tensor = tensors[type.TorchName()];
            Assert.Equal(type, tensor.Type);
            Assert.Equal([2, 3], tensor.Shape);
            Assert.Equal([0f, 1, 2, 3, 4, 5], tensor.ToFloat32());
        }
        Assert.Equal(ElementType.Bool, tensors["bool"].Type);
        Assert.Equal([1f, 0, 0, 1], tensors["bool"].ToFloat32());
    }

    [Fact]
    public void Views_of_one_storage_share_its_bytes()
    {
        StateDict tensors = WeightsFile.Load(Fixture.Path("tensors_zip.pth"));
        Assert.True(tensors["whole"].Data.Span[16..32].Overlaps(tensors["row"].Data.Span));
    }

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void A_checkpoint_gives_its_model_and_everything_beside_it(string file)
    {
        PthDocument document = PthFile.Read(Fixture.Path(file));
        StateDict model = document.FindStateDict();
        Assert.Equal(
            ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], model.Names);
        AssertFloats(model["0.weight"], [2, 1, 1, 1], [1, 2]);

        PickleDict root = Assert.IsType<PickleDict>(document.Root);
        Assert.True(Assert.IsType<PickleDict>(root["model_state"]).IsOrdered);
        Values.AssertEqual(3, root["epoch"]);
        Values.AssertEqual(new PickleInteger(BigInteger.Pow(2, 63) + 5), root["seed"]);
        Values.AssertEqual(-70000, root["negative"]);
        Values.AssertEqual(0.125, root["best"]);
        Values.AssertEqual("é\n", root["note"]);
        Values.AssertEqual(new PickleTuple(2, 3), root["size"]);
        Values.AssertEqual(new PickleBytes(new byte[] { 0, 0xFF }), root["raw"]);
        Values.AssertEqual(PickleValue.None, root["nothing"]);
        Values.AssertEqual(new PickleList([true, false]), root["flags"]);
        PickleList tuples = [new PickleTuple(), new PickleTuple(1), new PickleTuple(1, 2), new PickleTuple(1, 2, 3), new PickleTuple(1, 2, 3, 4)];
        Values.AssertEqual(new PickleDict { { "a", tuples } }, root["deep"]);
    }

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void An_optimiser_keeps_its_layout(string file)
    {
        PickleDict root = Assert.IsType<PickleDict>(PthFile.Read(Fixture.Path(file)).Root);
        PickleDict optimizer = Assert.IsType<PickleDict>(root["optimizer"]);
        PickleDict first = Assert.IsType<PickleDict>(Assert.IsType<PickleDict>(optimizer["state"])[0]);
        AssertFloats(Assert.IsType<PickleTensor>(first["step"]).Value, [], [1]);
        // the first moment after one step with gradient 1 and beta1 0.5
        AssertFloats(Assert.IsType<PickleTensor>(first["exp_avg"]).Value, [2, 1, 1, 1], [0.5f, 0.5f]);
        PickleDict group = Assert.IsType<PickleDict>(Assert.IsType<PickleList>(optimizer["param_groups"])[0]);
        Values.AssertEqual(0.25, group["lr"]);
        Values.AssertEqual(new PickleTuple(0.5, 0.75), group["betas"]);
        Values.AssertEqual(new PickleList([0, 1, 2, 3]), group["params"]);
    }

    [Fact]
    public void Trainable_parameters_are_read_as_tensors()
    {
        StateDict tensors = WeightsFile.Load(Fixture.Path("parameters.pth"));
        AssertFloats(tensors["weight"], [2, 2], [0, 1, 2, 3]);
        AssertFloats(tensors["bias"], [2], [0, 1]);
    }

    [Fact]
    public void Free_text_of_a_safetensors_file_is_read()
    {
        IReadOnlyDictionary<string, string> metadata = SafetensorsFile.Read(Fixture.Path("tensors.safetensors")).Metadata;
        Assert.Equal("by hand, é", Assert.Single(metadata).Value);
    }

    private static void AssertFloats(WeightTensor tensor, long[] shape, float[] values)
    {
        Assert.Equal(shape, tensor.Shape);
        Assert.Equal(values, tensor.AsFloat32Span().ToArray());
    }
}
