using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

public sealed class PredictTogetherTests : IDisposable
{
    private readonly MattingModel _open = MattingModel.Load(MattingSmall.WithCard(), "open");
    private readonly MattingModel _fixed = MattingModel.Load(MattingSmall.WithCard(16, 16), "fixed");

    [Theory]
    [InlineData(TestTimeAugmentation.None)]
    [InlineData(TestTimeAugmentation.Flip)]
    public void Pictures_of_one_run_come_out_as_they_do_alone(TestTimeAugmentation tta)
    {
        PixelImage[] pictures = [Pictures.Rgb(20, 12, 1), Pictures.Rgb(7, 30, 2), Pictures.Rgb(1, 1, 3)];
        PredictOptions options = new() { Tta = tta };
        PixelImage[] alphas = _fixed.PredictTogether(pictures, options, TestContext.Current.CancellationToken);
        for (int i = 0; i < pictures.Length; i++)
        {
            PixelImage alone = _fixed.Predict(pictures[i], options, TestContext.Current.CancellationToken);
            Assert.Equal((alone.Width, alone.Height), (alphas[i].Width, alphas[i].Height));
            Assert.Equal(alone.Pixels, alphas[i].Pixels);
        }
    }

    [Fact]
    public void Pictures_of_several_network_sizes_are_refused()
    {
        PixelImage[] pictures = [Pictures.Rgb(32, 32), Pictures.Rgb(64, 32)];
        Assert.Throws<ArgumentException>(() => _open.PredictTogether(pictures, null, TestContext.Current.CancellationToken));
        PredictOptions oneSize = new() { Size = new NetworkSize(32, 32) };
        Assert.Equal(2, _open.PredictTogether(pictures, oneSize, TestContext.Current.CancellationToken).Length);
    }

    [Theory]
    [InlineData(ResultKind.Cutout)]
    [InlineData(ResultKind.Composite)]
    public void Cut_outs_and_composites_are_those_of_single_pictures(ResultKind kind)
    {
        PixelImage[] pictures = [Pictures.Rgb(20, 12, 1), Pictures.Rgb(16, 16, 2), Pictures.Rgb(9, 31, 3)];
        ResultOptions result = new() { Kind = kind };
        PixelImage[] together = _fixed.PredictTogether(pictures, result, null, TestContext.Current.CancellationToken);
        for (int i = 0; i < pictures.Length; i++)
            Near.AssertSameBytes(_fixed.Predict(pictures[i], result, null, TestContext.Current.CancellationToken).Pixels, together[i].Pixels);
        ResultOptions unknown = new() { Kind = (ResultKind)9 };
        Assert.Throws<ArgumentException>(() => _fixed.PredictTogether(pictures, unknown, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void No_pictures_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _open.PredictTogether([], null, TestContext.Current.CancellationToken));

    [Fact]
    public void A_size_that_is_none_or_not_the_models_is_refused()
    {
        PixelImage picture = Pictures.Rgb(8, 8);
        PredictOptions other = new() { Size = new NetworkSize(32, 32) }, none = new() { Size = new NetworkSize(0, 32) };
        Assert.Contains("16x16", Assert.Throws<ArgumentException>(() => _fixed.Predict(picture, other, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _open.Predict(picture, none, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _open.Dispose();
        _fixed.Dispose();
    }
}
