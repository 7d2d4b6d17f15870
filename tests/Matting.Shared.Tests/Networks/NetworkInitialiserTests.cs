using Matting.Shared.Networks;
using Matting.Shared.Weights;

namespace Matting.Shared.Tests.Networks;

public sealed class NetworkInitialiserTests
{
    private static readonly INetwork U2NetP = NetworkCatalogue.Create("u2netp");
    private static readonly StateDict State = NetworkInitialiser.Create(U2NetP, seed: 42);

    [Fact]
    public void Convolutions_start_evenly_distributed_within_one_over_the_root_of_their_fan_in()
    {
        float[] values = State["stage1d.rebnconvin.conv_s1.weight"].ToFloat32();
        double bound = 1 / Math.Sqrt(128 * 9);
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        // 73,728 numbers: mean and variance of an even distribution, within five standard errors
        double mean = values.Average(value => (double)value);
        double variance = values.Average(value => (double)value * value);
        Assert.InRange(mean, -5 * bound / Math.Sqrt(3 * values.Length), 5 * bound / Math.Sqrt(3 * values.Length));
        Assert.InRange(variance / (bound * bound / 3), 1 - 5 * 0.9 / Math.Sqrt(values.Length), 1 + 5 * 0.9 / Math.Sqrt(values.Length));
        Assert.All(State["stage1d.rebnconvin.conv_s1.bias"].ToFloat32(), value => Assert.InRange(value, -bound, bound));
    }

    [Fact]
    public void Normalisations_start_as_the_identity()
    {
        const string Layer = "stage3.rebnconv2.bn_s1";
        Assert.All(State[$"{Layer}.weight"].ToFloat32(), value => Assert.Equal(1f, value));
        Assert.All(State[$"{Layer}.bias"].ToFloat32(), value => Assert.Equal(0f, value));
        Assert.All(State[$"{Layer}.running_mean"].ToFloat32(), value => Assert.Equal(0f, value));
        Assert.All(State[$"{Layer}.running_var"].ToFloat32(), value => Assert.Equal(1f, value));
        Assert.Equal([0L], State[$"{Layer}.num_batches_tracked"].AsInt64Span().ToArray());
        Assert.Empty(State[$"{Layer}.num_batches_tracked"].Shape);
    }

    [Fact]
    public void No_two_layers_start_alike() => Assert.NotEqual(
        State["stage1.rebnconv2.conv_s1.weight"].ToFloat32(), State["stage1.rebnconv3.conv_s1.weight"].ToFloat32());

    [Fact]
    public void A_layer_starts_the_same_whatever_stands_beside_it()
    {
        StateDict one = NetworkInitialiser.Create(new Chain("a", "b"), 1);
        StateDict other = NetworkInitialiser.Create(new Chain("c", "d", "a"), 1);
        Assert.Equal(one["a.weight"].ToFloat32(), other["a.weight"].ToFloat32());
    }
}
