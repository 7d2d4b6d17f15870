using Matting.Trainer.Training;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Training;

public sealed class TrainingMemoryTests
{
    [Fact]
    public void Work_that_fits_gives_its_result() => Assert.Equal(7, TrainingMemory.Watch(1, 64, "", () => 7));

    [Fact]
    public void Work_that_does_not_fit_names_amount_pictures_and_remedy()
    {
        // more than the addresses of any machine today
        TrainingException e = Assert.Throws<TrainingException>(() => TrainingMemory.Watch(16, 512, "a smaller batch needs less", () => empty(1L << 50)));
        Assert.Matches(@"^out of memory \([0-9]+ GiB more were wanted\) with 16 pictures of 512x512 at once: a smaller batch needs less$", e.Message);
        Assert.NotNull(e.InnerException);
    }

    [Fact]
    public void Other_failures_stay_what_they_are() =>
        Assert.Throws<InvalidOperationException>(() => TrainingMemory.Watch<int>(1, 64, "", () => throw new InvalidOperationException("oops")));
}
