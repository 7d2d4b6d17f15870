using System.Numerics;
using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Tests.Weights;

public sealed class PickleDictTests
{
    [Fact]
    public void One_and_true_and_one_point_zero_are_one_key()
    {
        PickleDict dict = new() { { 1, "int" } };
        dict[1.0] = "float";
        dict[true] = "bool";
        Assert.Equal("bool", Assert.IsType<PickleString>(Assert.Single(dict).Value).Value);
        Assert.IsType<PickleInteger>(dict.Keys[0]);
    }

    [Fact]
    public void Keys_of_different_kinds_are_different()
    {
        PickleDict dict = new()
        {
            { "1", 0 }, { 1, 0 }, { 1.5, 0 }, { PickleValue.None, 0 }, { new PickleBytes("1"u8.ToArray()), 0 },
            { new PickleInteger(BigInteger.Pow(2, 80)), 0 }, { double.NaN, 0 }, { double.PositiveInfinity, 0 },
        };
        Assert.Equal(8, dict.Count);
        dict[double.NaN] = 1;
        dict[Math.Pow(2, 80)] = 1;
        Assert.Equal(8, dict.Count);
    }

    [Fact]
    public void Setting_a_key_again_keeps_its_place()
    {
        PickleDict dict = new() { { "a", 1 }, { "b", 2 } };
        dict["a"] = 3;
        Assert.Equal(["a", "b"], dict.Keys.Select(key => ((PickleString)key).Value));
    }

    [Fact]
    public void A_container_cannot_be_a_key()
    {
        PickleDict dict = [];
        Assert.Contains("tuple", Assert.Throws<ArgumentException>(() => dict.Add(new PickleTuple(1), 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => dict.TryGetValue(new PickleList(), out _));
    }

    [Fact]
    public void A_key_can_be_added_once() =>
        Assert.Throws<ArgumentException>(() => new PickleDict { { "a", 1 }, { "a", 2 } });
}
