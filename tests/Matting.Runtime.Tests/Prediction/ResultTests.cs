using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

public sealed class ResultTests : IDisposable
{
    private readonly MattingModel _model = MattingModel.Load(MattingSmall.WithCard(16, 16), "model");
    private readonly PixelImage _picture = Pictures.Rgb(40, 30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cutout_is_the_foreground_beside_the_alpha(bool decontaminate)
    {
        PixelImage alpha = _model.Predict(_picture, cancellation: Cancellation);
        PixelImage cutout = _model.Predict(_picture, new ResultOptions { Kind = ResultKind.Cutout, Decontaminate = decontaminate }, cancellation: Cancellation);
        PixelImage colours = decontaminate ? ForegroundEstimation.Estimate(_picture, alpha) : _picture;
        Near.AssertSameBytes(Compositing.WithAlpha(colours, alpha).Pixels, cutout.Pixels);
        Assert.Equal((40, 30, 4), (cutout.Width, cutout.Height, cutout.Channels));
    }

    [Fact]
    public void A_file_gives_the_result_of_its_picture()
    {
        using TempFolder folder = new();
        string file = Pictures.File(folder, "photo.png", 40, 30);
        ResultOptions cutout = new() { Kind = ResultKind.Cutout };
        PredictOptions flipped = new() { Tta = TestTimeAugmentation.Flip };
        Near.AssertSameBytes(_model.Predict(_picture, cutout, flipped, Cancellation).Pixels, _model.PredictFile(file, cutout, flipped, Cancellation).Pixels);
        Near.AssertSameBytes(_model.Predict(_picture, flipped, Cancellation).Pixels, _model.PredictFile(file, flipped, Cancellation).Pixels);
        Assert.Throws<ImageFileException>(() => _model.PredictFile(folder.File("none.png"), cutout, cancellation: Cancellation));
    }

    [Fact]
    public void A_composite_lies_over_a_colour_or_over_a_picture_that_covers_it()
    {
        PixelImage alpha = _model.Predict(_picture, cancellation: Cancellation), foreground = ForegroundEstimation.Estimate(_picture, alpha), other = Pictures.Rgb(17, 50, 2);
        ResultOptions options = new() { Kind = ResultKind.Composite };
        Near.AssertSameBytes(Compositing.OverColour(foreground, alpha, 255, 255, 255).Pixels, _model.Predict(_picture, options, cancellation: Cancellation).Pixels);
        options = options with { Background = ResultBackground.Colour(1, 2, 3) };
        Near.AssertSameBytes(Compositing.OverColour(foreground, alpha, 1, 2, 3).Pixels, _model.Predict(_picture, options, cancellation: Cancellation).Pixels);
        options = options with { Background = ResultBackground.Picture(other) };
        PixelImage expected = Compositing.OverPicture(foreground, alpha, Compositing.Cover(other, 40, 30));
        Near.AssertSameBytes(expected.Pixels, _model.Predict(_picture, options, cancellation: Cancellation).Pixels);
    }

    [Theory]
    [InlineData(ResultKind.Alpha, 1)]
    [InlineData(ResultKind.Cutout, 4)]
    [InlineData(ResultKind.Composite, 3)]
    public void At_the_networks_size_the_picture_is_resized_and_the_alpha_is_not(ResultKind kind, int channels)
    {
        PixelImage made = _model.Predict(_picture, new ResultOptions { Kind = kind, Size = ResultSize.Network }, cancellation: Cancellation);
        Assert.Equal((16, 16, channels), (made.Width, made.Height, made.Channels));
        if (kind != ResultKind.Cutout)
            return;
        PixelImage small = Preprocessing.ResizeForNetwork(_picture, 16, 16);
        Near.AssertSameBytes(_model.Predict(small, new ResultOptions { Kind = kind }, cancellation: Cancellation).Pixels, made.Pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Many_files_give_what_single_pictures_give_with_a_broken_one_among_them(int batch)
    {
        using TempFolder folder = new();
        string[] files = [.. Enumerable.Range(0, 5).Select(i => i == 2 ? folder.Text("2.png", "no picture") : Pictures.File(folder, $"{i}.png", 20 + i, 12, i))];
        ResultOptions options = new() { Kind = ResultKind.Cutout };
        PredictOptions predicting = new() { KeepPictures = true, Batch = batch };
        PictureOutcome<PixelImage>[] outcomes = [.. _model.PredictFiles(files, (_, alpha) => alpha.ToResult(options), predicting, Cancellation)];
        Assert.NotNull(outcomes[2].Failure);
        foreach (int i in (int[])[0, 1, 3, 4])
            Near.AssertSameBytes(_model.Predict(ImageFile.ReadRgb(files[i]), options, cancellation: Cancellation).Pixels, outcomes[i].Result!.Pixels);
    }

    [Fact]
    public void Without_the_picture_there_is_no_cutout()
    {
        using TempFolder folder = new();
        string[] files = [Pictures.File(folder, "a.png", 8, 8)];
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() =>
            _model.PredictFiles(files, (_, alpha) => alpha.ToResult(new ResultOptions { Kind = ResultKind.Cutout }), null, Cancellation).Count());
        Assert.Contains("KeepPictures", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(_model.PredictFiles(files, (_, alpha) => alpha.ToResult().Channels, null, Cancellation)).Result);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    public void The_smallest_pictures_can_be_cut_out(int width, int height)
    {
        PixelImage cutout = _model.Predict(Pictures.Rgb(width, height), new ResultOptions { Kind = ResultKind.Cutout }, cancellation: Cancellation);
        Assert.Equal((width, height, 4), (cutout.Width, cutout.Height, cutout.Channels));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _model.Predict(_picture, new ResultOptions { Kind = (ResultKind)9 }, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => _model.Predict(_picture, new ResultOptions { Size = (ResultSize)9 }, cancellation: Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.Predict(_picture, new ResultOptions { Foreground = new() { SmallSize = 0 } }, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => ResultBackground.Picture(new PixelImage(2, 2, 4)));
    }

    [Theory]
    [InlineData("#fff", true)]
    [InlineData("#1A2b3C", true)]
    [InlineData("fff", false)]
    [InlineData("#ff", false)]
    [InlineData("#ffff", false)]
    [InlineData("#gggggg", false)]
    [InlineData("#+fffff", false)]
    [InlineData("# fffff", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Colours_are_read_as_HTML_writes_them(string? text, bool good) => Assert.Equal(good, ResultBackground.TryParseColour(text, out _));
}
