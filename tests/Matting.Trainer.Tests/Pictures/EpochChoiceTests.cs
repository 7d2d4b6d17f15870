using Matting.Trainer.Pictures;

namespace Matting.Trainer.Tests.Pictures;

public sealed class EpochChoiceTests
{
    [Theory]
    [InlineData("none", "")]
    [InlineData("first", "1")]
    [InlineData("best", "1 3 6")]
    [InlineData("all", "1 2 3 4 5 6 7")]
    [InlineData("every 3", "1 3 6")]
    [InlineData("every 1", "1 2 3 4 5 6 7")]
    [InlineData("every 100", "1")]
    public void A_choice_takes_the_epochs_it_names(string text, string epochs)
    {
        EpochChoice choice = EpochChoice.Parse(text)!;
        int[] best = [1, 3, 6];

        int[] taken = [.. Enumerable.Range(1, 7).Where(epoch => choice.Takes(epoch, best.Contains(epoch)))];

        Assert.Equal(epochs, string.Join(' ', taken));
        Assert.All(taken, epoch => Assert.True(choice.MayTake(epoch)));
        Assert.Equal(text == "best", choice.Best);
    }

    [Theory]
    [InlineData("")]
    [InlineData("First")]
    [InlineData("every")]
    [InlineData("every 0")]
    [InlineData("every -2")]
    [InlineData("every 2.5")]
    [InlineData("every  2")]
    [InlineData("every 99999999999")]
    [InlineData("2")]
    public void Anything_else_is_no_choice(string text) => Assert.Null(EpochChoice.Parse(text));
}
