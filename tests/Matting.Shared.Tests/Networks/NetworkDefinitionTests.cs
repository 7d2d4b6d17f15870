using Matting.Shared.Networks;

namespace Matting.Shared.Tests.Networks;

/// <summary>What a definition may not do, and what it says when an image does not suit it.</summary>
public sealed class NetworkDefinitionTests
{
    [Fact]
    public void Two_layers_of_one_name_are_refused()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => NetworkSpecs.Of(new Chain("a", "b", "a")));
        Assert.Equal("two layers are named 'a'", error.Message);
    }

    [Fact]
    public void A_layer_without_a_name_is_refused() => Assert.Throws<ArgumentException>(() => NetworkSpecs.Of(new Chain("")));

    [Fact]
    public void A_network_that_does_not_return_what_it_promises_is_refused()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => NetworkSpecs.Of(new Chain("a") { OutputNames = ["x", "y"] }));
        Assert.Equal("chain promises x, y and returns y", error.Message);
    }

    [Fact]
    public void An_image_that_is_too_small_is_refused_with_the_layers_name()
    {
        Chain network = new("first", "second") { Spec = new(3, 5) };
        Assert.Equal(1, NetworkCost.Of(network, 9, 9).Layers[^1].Output.Height);
        NetworkException error = Assert.Throws<NetworkException>(() => NetworkCost.Of(network, 8, 9));
        Assert.Equal("second: a kernel spanning 5 pixels does not fit into 4x5 with padding 0; the image is too small", error.Message);
    }

    [Fact]
    public void Groups_that_do_not_divide_the_channels_are_refused() => Assert.Throws<NetworkException>(
        () => NetworkSpecs.Of(new Chain("a") { Spec = Conv2dSpec.Same(4, 3) with { Groups = 2 } }));

    [Fact]
    public void Maps_of_unequal_size_are_neither_joined_nor_added_nor_multiplied()
    {
        FeatureShape large = new(4, 8, 8);
        FeatureShape small = new(4, 7, 8);
        Assert.Contains("4x8x8 and 4x7x8", Assert.Throws<NetworkException>(() => ShapeRules.Concat([large, small])).Message, StringComparison.Ordinal);
        Assert.Throws<NetworkException>(() => ShapeRules.Add(large, small));
        Assert.Throws<NetworkException>(() => ShapeRules.Add(large, large with { Channels = 1 }));
        Assert.Throws<NetworkException>(() => ShapeRules.Mul(large, small));
        Assert.Throws<NetworkException>(() => ShapeRules.Mul(large, large with { Channels = 2 }));
        Assert.Equal(large, ShapeRules.Mul(large, large with { Channels = 1 }));
        Assert.Throws<ArgumentException>(() => ShapeRules.Concat([]));
        Assert.Throws<NetworkException>(() => ShapeRules.MaxPool2d(new(1, 1, 5), new(3, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShapeRules.UpsampleBy(large, 0));
    }

    [Fact]
    public void Layers_with_impossible_numbers_cannot_be_described()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2dSpec(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2dSpec(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2dSpec(3, 3) { Stride = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2dSpec(3, 3) { Padding = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2dSpec(3, 3) { Dilation = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2dSpec(3, 3) { Groups = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Conv2dSpec.Same(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxPool2dSpec(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxPool2dSpec(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxPool2dSpec(2, 2, padding: 2));
        Assert.Throws<ArgumentException>(() => new MaxPool2dSpec(1, 2, ceilMode: true));
        Assert.Equal(4, Conv2dSpec.Same(3, 3, dilation: 4).Padding);
    }

    [Fact]
    public void Outputs_are_found_by_name_and_place()
    {
        NamedOutputs<int> outputs = new(("a", 1), ("b", 2));
        Assert.Equal((2, 1, 2), (outputs.Count, outputs.First, outputs["b"]));
        Assert.Equal(["a", "b"], outputs.Names);
        Assert.Equal([1, 2], outputs.Values);
        Assert.Equal(KeyValuePair.Create("b", 2), outputs[1]);
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => outputs["c"]);
        Assert.Equal("no output 'c'; there are: a, b", error.Message);
        Assert.Throws<ArgumentException>(() => new NamedOutputs<int>(("a", 1), ("a", 2)));
        Assert.Throws<ArgumentException>(() => new NamedOutputs<int>(("", 1)));
        Assert.Throws<ArgumentException>(() => new NamedOutputs<int>());
    }
}
