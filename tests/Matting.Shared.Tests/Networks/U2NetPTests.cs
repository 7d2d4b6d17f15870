using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Shared.Tests.Networks;

public sealed class U2NetPTests : NetworkContract
{
    protected override INetwork Network { get; } = NetworkCatalogue.Create("u2netp");

    protected override long TrainableParameters => 1_131_181;

    // 112 convolutions with a normalisation (2 + 5 entries), 6 side outputs and their fusion
    protected override int Entries => 112 * 7 + 7 * 2;

    protected override IReadOnlyList<(int Position, string Name, long[] Shape)> SomeEntries =>
    [
        (0, "stage1.rebnconvin.conv_s1.weight", [64, 3, 3, 3]),
        (1, "stage1.rebnconvin.conv_s1.bias", [64]),
        (2, "stage1.rebnconvin.bn_s1.weight", [64]),
        (5, "stage1.rebnconvin.bn_s1.running_var", [64]),
        (6, "stage1.rebnconvin.bn_s1.num_batches_tracked", []),
        (8 * 7, "stage1.rebnconv6d.conv_s1.weight", [16, 32, 3, 3]),
        (14 * 7, "stage2.rebnconvin.conv_s1.weight", [64, 64, 3, 3]),
        (60 * 7, "stage5d.rebnconvin.conv_s1.weight", [64, 128, 3, 3]),
        (112 * 7, "side1.weight", [1, 64, 3, 3]),
        (112 * 7 + 13, "outconv.bias", [1]),
    ];

    protected override IReadOnlyList<(int Height, int Width)> Sizes => [(1, 1), (2, 3), (9, 14), (33, 47), (320, 320), (1000, 750)];

    public static TheoryData<string> GoldenCases => Golden.Ids("u2netp", "u2netp_forward");

    [Fact]
    public void Its_entries_are_those_of_the_golden_checkpoint()
    {
        StateDict golden = WeightsFile.Load(Path.Combine(Golden.RequireFolder(), "u2netp", "weights.pth"));
        Assert.Equal(golden.Names, NetworkSpecs.Of(Network).Select(spec => spec.Name));
        StrictLoading.Check(Network, golden, "weights.pth");
    }

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void Computed_straight_from_the_definitions_it_returns_the_golden_outputs(string id)
    {
        GoldenCase golden = Golden.Case(id);
        Npy x = golden.Input("x");
        ScalarMap image = ScalarMap.FromFloat32(x.Floats, (int)x.Shape[0], (int)x.Shape[1], (int)x.Shape[2], (int)x.Shape[3]);
        NamedOutputs<ScalarMap> outputs = Network.Forward(new ScalarOps(WeightsFile.Load(golden.InputPath("weights"))), image);
        foreach ((string name, ScalarMap output) in outputs)
        {
            // the golden run is float32 and itself up to 1e-6 away from float64
            Near.AssertClose(golden.Output(name).Floats, output.ToFloat32(), 3e-6, what: $"{id} {name}");
        }
    }
}
