using System.Text.Json;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;

namespace Matting.Shared.Tests.Weights;

public sealed class GoldenPthTests
{
    public static TheoryData<string> Cases => Golden.Ids("pth", "load_pth");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_of_torch_save_gives_every_tensor_to_the_bit(string id)
    {
        GoldenCase golden = Golden.Case(id);
        StateDict tensors = PthFile.Read(golden.InputPath("file")).FindStateDict();

        Assert.Equal(golden.OutputNames.Order(), tensors.Names.Order());
        foreach (string name in golden.OutputNames)
        {
            Npy expected = golden.Output(name);
            WeightTensor actual = tensors[name];
            Assert.Equal(expected.DType, NumpyName(actual.Type));
            Assert.Equal(expected.Shape, actual.Shape);
            Near.AssertSameBytes(expected.Bytes, actual.Data.Span, name);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_common_loader_gives_the_same_tensors(string id)
    {
        string file = Golden.Case(id).InputPath("file");
        StateDict expected = PthFile.Read(file).FindStateDict();
        StateDict actual = WeightsFile.Load(file);
        Assert.Equal(expected.Names, actual.Names);
        Assert.All(actual, pair => Near.AssertSameBytes(expected[pair.Key].Data.Span, pair.Value.Data.Span, pair.Key));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Names_keep_the_order_in_which_they_were_saved(string id)
    {
        GoldenCase golden = Golden.Case(id);
        if (!golden.Params.TryGetProperty("order", out JsonElement order))
            return;
        IEnumerable<string?> expected = order.EnumerateArray().Select(name => name.GetString());
        Assert.Equal(expected, PthFile.Read(golden.InputPath("file")).FindStateDict().Names);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ordinary_values_beside_the_tensors_are_read_too(string id)
    {
        GoldenCase golden = Golden.Case(id);
        if (!golden.Params.TryGetProperty("other", out JsonElement others))
            return;
        PickleDict root = Assert.IsType<PickleDict>(PthFile.Read(golden.InputPath("file")).Root);
        foreach (JsonProperty other in others.EnumerateObject())
            AssertSame(other.Value, root[other.Name]);
        PickleTuple pair = Assert.IsType<PickleTuple>(root["pair"]);
        Assert.Equal(others.GetProperty("pair").GetArrayLength(), pair.Count);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Written_again_and_read_again_nothing_has_changed(string id)
    {
        PickleValue root = PthFile.Read(Golden.Case(id).InputPath("file")).Root;
        PickleValue again = PthFile.Read(Values.Serialise(root), "again").Root;
        Values.AssertEqual(root, again);
    }

    private static void AssertSame(JsonElement expected, PickleValue actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Assert.IsType<PickleNone>(actual);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.Equal(expected.GetBoolean(), Assert.IsType<PickleBool>(actual).Value);
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), Assert.IsType<PickleString>(actual).Value);
                break;
            case JsonValueKind.Number when actual is PickleInteger integer:
                Assert.Equal(expected.GetInt64(), (long)integer.Value);
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), Assert.IsType<PickleFloat>(actual).Value);
                break;
            default:
                // JSON has one kind of sequence for Python's two
                IReadOnlyList<PickleValue> items = Assert.IsAssignableFrom<IReadOnlyList<PickleValue>>(actual);
                Assert.Equal(expected.GetArrayLength(), items.Count);
                for (int i = 0; i < items.Count; i++)
                    AssertSame(expected[i], items[i]);
                break;
        }
    }

    private static string NumpyName(ElementType type) => type switch
    {
        ElementType.Float32 => "<f4",
        ElementType.Float64 => "<f8",
        ElementType.Float16 => "<f2",
        ElementType.Int64 => "<i8",
        ElementType.Int32 => "<i4",
        ElementType.Int16 => "<i2",
        ElementType.Int8 => "|i1",
        ElementType.UInt8 => "|u1",
        ElementType.Bool => "|b1",
        _ => type.TorchName(),
    };
}
