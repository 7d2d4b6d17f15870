using Matting.Runtime.Tests.TinyModels;

namespace Matting.Runtime.Tests.Loading;

public sealed class WarmUpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Loading_says_what_it_took_and_runs_nothing()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        Assert.True(model.LoadTime > TimeSpan.Zero, $"{model.LoadTime}");
        Assert.Null(model.FirstRunTime);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(null)]
    public void Warming_up_is_the_first_run_and_takes_at_least_as_long(int? side)
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(side, side), "model");
        TimeSpan whole = model.WarmUp(new PredictOptions { Tta = TestTimeAugmentation.Flip }, Cancellation);
        Assert.InRange(model.FirstRunTime!.Value, TimeSpan.FromTicks(1), whole);
    }

    [Fact]
    public void Only_the_first_run_counts()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        model.Predict(Pictures.Rgb(20, 12), null, Cancellation);
        TimeSpan? first = model.FirstRunTime;
        Assert.NotNull(first);
        model.WarmUp(null, Cancellation);
        model.Predict(Pictures.Rgb(8, 8), null, Cancellation);
        Assert.Equal(first, model.FirstRunTime);
    }

    [Fact]
    public void A_cancelled_warm_up_is_no_first_run()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        Assert.Throws<OperationCanceledException>(() => model.WarmUp(null, new CancellationToken(canceled: true)));
        Assert.Null(model.FirstRunTime);
    }
}
