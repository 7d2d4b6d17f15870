using Matting.Shared.Weights;

namespace Matting.Shared.Tests.Weights;

public sealed class StateDictTests
{
    private static readonly WeightTensor One = WeightTensor.FromFloat32([1]);

    [Fact]
    public void Names_keep_their_order()
    {
        StateDict dict = Values.Tensors(("b", One), ("a", One), ("c", One));
        Assert.Equal(["b", "a", "c"], dict.Names);
        Assert.Equal(["b", "a", "c"], dict.Select(pair => pair.Key));
        Assert.Equal(3, dict.Count);
    }

    [Fact]
    public void A_name_can_be_given_once()
    {
        StateDict dict = Values.Tensors(("a", One));
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => dict.Add("a", One)).Message, StringComparison.Ordinal);
        Assert.Single(dict);
    }

    [Fact]
    public void An_unknown_name_is_named()
    {
        StateDict dict = Values.Tensors(("a", One));
        Assert.Contains("'A'", Assert.Throws<KeyNotFoundException>(() => dict["A"]).Message, StringComparison.Ordinal);
        Assert.False(dict.TryGetValue("A", out _));
        Assert.False(dict.Contains("A"));
        Assert.True(dict.TryGetValue("a", out WeightTensor? found));
        Assert.Same(One, found);
    }
}
