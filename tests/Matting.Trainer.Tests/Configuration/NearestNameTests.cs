using Matting.Trainer.Configuration;

namespace Matting.Trainer.Tests.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("batch", "batch", 0)]
    [InlineData("bacth", "batch", 1)]
    [InlineData("Batch", "batch", 0)]
    [InlineData("optimizer", "optimiser", 1)]
    [InlineData("", "crop", 4)]
    [InlineData("flips", "flip", 1)]
    [InlineData("wd", "weight_decay", 10)]
    public void Edits_are_counted_with_swaps_as_one_and_case_as_none(string from, string to, int edits)
    {
        Assert.Equal(edits, NearestName.Distance(from, to));
        Assert.Equal(edits, NearestName.Distance(to, from));
    }

    [Fact]
    public void The_nearest_of_several_is_found_and_the_first_of_equals_wins()
    {
        Assert.Equal("epochs", NearestName.Of("epoch", ["output", "epochs", "batch"]));
        Assert.Equal("ab", NearestName.Of("ax", ["ab", "ac"]));
        Assert.Null(NearestName.Of("x", []));
    }
}
