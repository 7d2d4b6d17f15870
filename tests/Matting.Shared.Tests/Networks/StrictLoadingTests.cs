using System.Runtime.InteropServices;
using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Shared.Tests.Networks;

public sealed class StrictLoadingTests
{
    private static readonly INetwork Network = new SampleNetwork();

    [Fact]
    public void Weights_in_another_order_and_floating_type_are_put_right()
    {
        StateDict state = NetworkInitialiser.Create(Network, 4);
        StateDict shuffled = new();
        foreach ((string name, WeightTensor tensor) in state.Reverse())
        {
            shuffled.Add(name, tensor.Type == ElementType.Float32
                ? new(ElementType.Float64, [.. tensor.Shape], MemoryMarshal.AsBytes<double>([.. tensor.ToFloat32().Select(value => (double)value)]).ToArray())
                : tensor);
        }
        StrictLoading.Check(Network, shuffled, "shuffled");
        StateDict conforming = StrictLoading.Conform(Network, shuffled, "shuffled");
        Assert.Equal(state.Names, conforming.Names);
        Assert.All(state, entry =>
        {
            Assert.Equal(entry.Value.Type, conforming[entry.Key].Type);
            Assert.True(entry.Value.Data.Span.SequenceEqual(conforming[entry.Key].Data.Span));
        });
    }

    [Fact]
    public void Tensors_that_are_right_already_are_not_copied()
    {
        StateDict state = NetworkInitialiser.Create(Network, 4);
        StateDict conforming = StrictLoading.Conform(Network, state, "state");
        Assert.All(state, entry => Assert.Same(entry.Value, conforming[entry.Key]));
    }

    [Theory]
    [InlineData("aux.bias", ElementType.Int64)]
    [InlineData("encoder.bn1.num_batches_tracked", ElementType.Float32)]
    [InlineData("encoder.bn1.num_batches_tracked", ElementType.Int32)]
    public void Another_kind_of_number_is_refused(string name, ElementType type)
    {
        StateDict bad = new();
        foreach ((string key, WeightTensor tensor) in NetworkInitialiser.Create(Network, 4))
            bad.Add(key, key == name ? new(type, [.. tensor.Shape], new byte[tensor.ElementCount * type.Size()]) : tensor);
        StateMismatchException error = Assert.Throws<StateMismatchException>(() => StrictLoading.Conform(Network, bad, "bad.pth"));
        Assert.StartsWith($"{name}: {type.TorchName()} [", Assert.Single(error.WrongShape), StringComparison.Ordinal);
        Assert.Empty(error.Missing);
        Assert.Empty(error.Unexpected);
    }

    [Fact]
    public void An_empty_state_lacks_everything_but_the_message_stays_readable()
    {
        StateMismatchException error = Assert.Throws<StateMismatchException>(() => StrictLoading.Check(NetworkCatalogue.Create("u2netp"), new(), "empty.pth"));
        Assert.Equal(798, error.Missing.Count);
        Assert.Equal("empty.pth", error.File);
        Assert.Equal("u2netp", error.Network);
        Assert.StartsWith("empty.pth: the weights do not fit u2netp: 798 missing (stage1.rebnconvin.conv_s1.weight, ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(", and 786 more)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_do_not_reach_a_terminal_as_they_are()
    {
        StateDict bad = NetworkInitialiser.Create(Network, 4);
        bad.Add("\u001b[2J\n" + new string('y', 10_000), WeightTensor.FromFloat32([1f], 1));
        StateMismatchException error = Assert.Throws<StateMismatchException>(() => StrictLoading.Check(Network, bad, "bad.pth"));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.True(error.Message.Length < 500);
    }
}
