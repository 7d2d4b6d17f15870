using Matting.Shared.Imaging;
using Matting.Trainer.Data;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

public sealed class FirstBatchCheckTests
{
    private static readonly NormalisationProfile Profile = NormalisationProfile.Get("half");

    [Theory]
    [InlineData(float.NaN, 0.5f, "red is NaN to NaN, the profile half gives -1 to 1")]
    [InlineData(float.PositiveInfinity, 0.5f, "the profile half gives -1 to 1")]
    [InlineData(1.2f, 0.5f, "red is -0.5 to 1.2, the profile half gives -1 to 1")]
    [InlineData(0.5f, float.NaN, "alphas are NaN to NaN, expected 0 to 1")]
    [InlineData(0.5f, -0.1f, "alphas are -0.1 to 0.25, expected 0 to 1")]
    [InlineData(0.5f, 1.5f, "alphas are 0.25 to 1.5, expected 0 to 1")]
    public void Numbers_that_cannot_be_are_refused(float image, float alpha, string said)
    {
        TrainingException e = Assert.Throws<TrainingException>(() => Check(Batch(image, alpha)));
        Assert.StartsWith("the first batch cannot be trained on: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_of_another_shape_is_refused()
    {
        TrainingException e = Assert.Throws<TrainingException>(() => new FirstBatchCheck(Profile, size: 4, count: 3).Check(Batch(0, 0.5f)));
        Assert.EndsWith("it has 2 samples of 4x4 pixels, expected 3 of 4x4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_ends_of_the_range_are_right()
    {
        Assert.Null(Check(Batch(1, 1)));
        Assert.Null(Check(Batch(-1, 0)));
    }

    [Theory]
    [InlineData(0, "nothing but background")]
    [InlineData(1, "nothing but object")]
    public void Alphas_that_are_all_the_same_end_are_noticed(float alpha, string said)
    {
        Batch batch = Batch(0, alpha);
        batch.AlphaSlot(0).Fill(alpha);
        batch.AlphaSlot(1).Fill(alpha);
        Assert.Contains(said, Check(batch), StringComparison.Ordinal);
    }

    private static string? Check(Batch batch) => new FirstBatchCheck(Profile, size: 4, count: 2).Check(batch);

    // the numbers in one place of the second sample
    private static Batch Batch(float image, float alpha)
    {
        Batch batch = new(2, 4) { Count = 2 };
        for (int i = 0; i < 2; i++)
        {
            batch.ImageSlot(i).Fill(-0.5f);
            batch.AlphaSlot(i).Fill(0.25f);
        }
        (batch.ImageSlot(1)[5], batch.AlphaSlot(1)[5]) = (image, alpha);
        return batch;
    }
}
