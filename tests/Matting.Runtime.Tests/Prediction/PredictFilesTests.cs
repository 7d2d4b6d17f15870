using Matting.Runtime.Tests.TinyModels;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

public sealed class PredictFilesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, TestTimeAugmentation.None)]
    [InlineData(3, TestTimeAugmentation.Flip)]
    [InlineData(100, TestTimeAugmentation.None)]
    public void Outcomes_come_in_order_and_are_those_of_single_pictures(int batch, TestTimeAugmentation tta)
    {
        using TempFolder folder = new();
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(16, 16), "model");
        string[] files = [.. Enumerable.Range(0, 10).Select(i => Pictures.File(folder, $"{i}.png", 20 + i, 30 - i, i))];
        PredictOptions options = new() { Batch = batch, Tta = tta };
        PictureOutcome<byte[]>[] outcomes = [.. model.PredictFiles(files, (_, alpha) => alpha.ToPictureSize().Pixels, options, Cancellation)];
        Assert.Equal(files, outcomes.Select(outcome => outcome.File));
        Assert.All(outcomes, outcome =>
        {
            Assert.Null(outcome.Failure);
            Assert.Equal(new NetworkSize(16, 16), outcome.Size);
            Near.AssertSameBytes(model.PredictFile(outcome.File, options, Cancellation).Pixels, outcome.Result);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Pictures_of_several_sizes_run_at_their_own_in_an_open_model(int batch)
    {
        using TempFolder folder = new();
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(), "model");
        (int Width, int Height)[] sizes = [(64, 64), (64, 64), (96, 64), (64, 64), (32, 32), (40, 33), (32, 32)];
        string[] files = [.. sizes.Select((size, i) => Pictures.File(folder, $"{i}.png", size.Width, size.Height, i))];
        PictureOutcome<byte[]>[] outcomes =
            [.. model.PredictFiles(files, (_, alpha) => alpha.ToPictureSize().Pixels, new() { Batch = batch }, Cancellation)];
        Assert.Equal(files, outcomes.Select(outcome => outcome.File));
        Assert.Equal(new NetworkSize(64, 96), outcomes[2].Size);
        Assert.Equal(new NetworkSize(32, 32), outcomes[5].Size);
        Assert.All(outcomes, outcome => Near.AssertSameBytes(model.PredictFile(outcome.File, null, Cancellation).Pixels, outcome.Result));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(1, false)]
    [InlineData(4, false)]
    public void A_bad_picture_is_reported_in_its_place_and_the_others_go_on(int batch, bool fixedSize)
    {
        using TempFolder folder = new();
        using MattingModel model = MattingModel.Load(fixedSize ? MattingSmall.WithCard(32, 32) : MattingSmall.WithCard(), "model");
        string[] files =
        [
            folder.Text("0.png", "no picture"),
            Pictures.File(folder, "1.png", 32, 32, 1),
            folder.File("2-missing.png"),
            Pictures.File(folder, "3.png", 32, 32, 3),
            Pictures.File(folder, "4.png", 32, 32, 4),
            folder.Text("5.png", ""),
        ];
        PictureOutcome<byte[]>[] outcomes =
            [.. model.PredictFiles(files, (_, alpha) => alpha.ToNetworkSize().Pixels, new() { Batch = batch }, Cancellation)];
        Assert.Equal(files, outcomes.Select(outcome => outcome.File));
        foreach (int bad in (int[])[0, 2, 5])
        {
            Assert.NotNull(outcomes[bad].Failure);
            Assert.Contains(Path.GetFileName(files[bad]), outcomes[bad].Failure!.Message, StringComparison.Ordinal);
        }
        foreach (int good in (int[])[1, 3, 4])
            Near.AssertSameBytes(model.PredictFile(files[good], null, Cancellation).Pixels, outcomes[good].Result);
    }

    [Fact]
    public void A_result_that_cannot_be_written_is_reported_and_the_others_go_on()
    {
        using TempFolder folder = new();
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        string[] files = [.. Enumerable.Range(0, 4).Select(i => Pictures.File(folder, $"{i}.png", 8, 8, i))];
        PictureOutcome<int>[] outcomes = [.. model.PredictFiles(
            files, (file, _) => file == files[1] ? throw new IOException("the disk is full") : 7, null, Cancellation)];
        Assert.Equal("the disk is full", outcomes[1].Failure?.Message);
        Assert.Equal([7, 0, 7, 7], outcomes.Select(outcome => outcome.Result));
    }

    [Fact]
    public void Any_other_failure_of_the_finisher_ends_it_all_and_the_model_works_on()
    {
        using TempFolder folder = new();
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        string[] files = [.. Enumerable.Range(0, 8).Select(i => Pictures.File(folder, $"{i}.png", 8, 8, i))];
        Assert.Throws<NotSupportedException>(() =>
            model.PredictFiles<int>(files, (_, _) => throw new NotSupportedException(), null, Cancellation).Count());
        Assert.Equal(8, model.PredictFiles(files, (_, _) => 1, null, Cancellation).Sum(outcome => outcome.Result));
    }

    [Fact]
    public void Cancelling_in_the_middle_ends_it_and_the_model_works_on()
    {
        using TempFolder folder = new();
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        string[] files = [.. Enumerable.Range(0, 50).Select(i => Pictures.File(folder, $"{i}.png", 8, 8, i))];
        using CancellationTokenSource source = new();
        int seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (PictureOutcome<int> _ in model.PredictFiles(files, (_, _) => 1, null, source.Token))
            {
                if (++seen == 3)
                    source.Cancel();
            }
        });
        Assert.InRange(seen, 3, 20);
        Assert.Equal(50, model.PredictFiles(files, (_, _) => 1, null, Cancellation).Count());
    }

    [Fact]
    public void Leaving_early_gives_the_buffers_back()
    {
        using TempFolder folder = new();
        string[] files = [.. Enumerable.Range(0, 20).Select(i => Pictures.File(folder, $"{i}.png", 8, 8, i))];
        MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        Assert.Equal(files[0], model.PredictFiles(files, (file, _) => file, null, Cancellation).First().Result);
        // disposing frees the session only when every buffer is back; a second use then says so
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Predict(Pictures.Rgb(8, 8), null, Cancellation));
    }

    [Fact]
    public void No_files_give_no_outcomes()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        Assert.Empty(model.PredictFiles([], (_, _) => 1, null, Cancellation));
    }
}
