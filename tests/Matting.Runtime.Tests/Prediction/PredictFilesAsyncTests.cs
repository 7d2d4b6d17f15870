using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

public sealed class PredictFilesAsyncTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MattingModel _model = MattingModel.Load(MattingSmall.WithCard(16, 16), "model");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1, ResultKind.Alpha)]
    [InlineData(3, ResultKind.Cutout)]
    [InlineData(100, ResultKind.Composite)]
    public async Task Outcomes_come_in_order_and_are_those_of_single_pictures(int batch, ResultKind kind)
    {
        string[] files = Files(10);
        ResultOptions result = new() { Kind = kind };
        PredictOptions options = new() { Batch = batch, Tta = TestTimeAugmentation.Flip };
        PictureOutcome<PixelImage>[] outcomes = await _model.PredictFilesAsync(files, result, options, Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal(files, outcomes.Select(outcome => outcome.File));
        Assert.All(outcomes, outcome =>
        {
            Assert.Null(outcome.Failure);
            PixelImage alone = _model.Predict(ImageFile.ReadRgb(outcome.File), result, options, Cancellation);
            Assert.Equal((alone.Width, alone.Height, alone.Channels), (outcome.Result!.Width, outcome.Result.Height, outcome.Result.Channels));
            Near.AssertSameBytes(alone.Pixels, outcome.Result.Pixels);
        });
    }

    [Fact]
    public async Task A_bad_picture_is_an_outcome_in_its_place()
    {
        string[] files = [_folder.Text("bad.png", "no picture"), .. Files(2), _folder.File("missing.png")];
        PictureOutcome<int>[] outcomes = await _model.PredictFilesAsync(files, (_, alpha) => alpha.Values.Length, null, Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal(files, outcomes.Select(outcome => outcome.File));
        Assert.Equal([0, 256, 256, 0], outcomes.Select(outcome => outcome.Result));
        Assert.Equal(ImageFileError.UnknownFormat, Assert.IsType<ImageFileException>(outcomes[0].Failure).Reason);
        Assert.Equal(ImageFileError.NotFound, Assert.IsType<ImageFileException>(outcomes[3].Failure).Reason);
    }

    [Fact]
    public async Task Breaking_off_ends_the_work_and_gives_all_buffers_back()
    {
        int finishing = 0, finished = 0;
        await foreach (PictureOutcome<int> outcome in _model.PredictFilesAsync(Files(50), Count, null, Cancellation))
        {
            Assert.Null(outcome.Failure);
            break;
        }
        // the end of the loop is the end of the work: nothing goes on behind it
        Assert.Equal(0, finishing);
        Assert.Equal(0, _model.RunsInProgress);
        Assert.InRange(finished, 1, 12);

        int Count(string file, PictureAlpha alpha)
        {
            Interlocked.Increment(ref finishing);
            Interlocked.Increment(ref finished);
            return Interlocked.Decrement(ref finishing);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_token_ends_it_and_the_model_works_on(bool with)
    {
        using CancellationTokenSource source = new();
        IAsyncEnumerable<PictureOutcome<PixelImage>> outcomes = _model.PredictFilesAsync(Files(50), cancellation: with ? Cancellation : source.Token);
        int seen = 0;
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (PictureOutcome<PixelImage> outcome in outcomes.WithCancellation(with ? source.Token : CancellationToken.None))
            {
                if (++seen == 3)
                    await source.CancelAsync();
            }
        });
        Assert.True(cancelled.CancellationToken.IsCancellationRequested);
        Assert.InRange(seen, 3, 12);
        Assert.Equal(0, _model.RunsInProgress);
        Assert.Equal(2, await _model.PredictFilesAsync(Files(2), cancellation: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_work_stays_a_bounded_number_of_pictures_ahead_of_the_caller()
    {
        int finished = 0, seen = 0;
        await foreach (PictureOutcome<int> _ in _model.PredictFilesAsync(Files(60), (_, _) => Interlocked.Increment(ref finished), null, Cancellation))
            Assert.InRange(Volatile.Read(ref finished) - ++seen, 0, 10);
        Assert.Equal(60, seen);
    }

    [Fact]
    public async Task Any_other_failure_of_the_finisher_ends_it_all_and_the_model_works_on()
    {
        await Assert.ThrowsAsync<NotSupportedException>(async () =>
            await _model.PredictFilesAsync<int>(Files(8), (_, _) => throw new NotSupportedException(), null, Cancellation).CountAsync(Cancellation));
        Assert.Equal(0, _model.RunsInProgress);
        Assert.Equal(8, await _model.PredictFilesAsync(Files(8), cancellation: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_stream_may_be_enumerated_again_and_several_run_side_by_side()
    {
        string[] files = Files(6);
        IAsyncEnumerable<PictureOutcome<byte[]>> stream = _model.PredictFilesAsync(files, (_, alpha) => alpha.ToPictureSize().Pixels, null, Cancellation);
        PictureOutcome<byte[]>[][] rounds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => stream.ToArrayAsync(Cancellation).AsTask()));
        foreach (PictureOutcome<byte[]>[] round in rounds)
            Assert.Equal(rounds[0].Select(outcome => outcome.Result), round.Select(outcome => outcome.Result));
    }

    [Fact]
    public async Task A_model_disposed_meanwhile_ends_the_stream()
    {
        await using IAsyncEnumerator<PictureOutcome<PixelImage>> outcomes = _model.PredictFilesAsync(Files(40), cancellation: Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await outcomes.MoveNextAsync());
        _model.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            while (await outcomes.MoveNextAsync())
                Assert.Null(outcomes.Current.Failure);
        });
    }

    [Fact]
    public void Bad_arguments_are_refused_before_anything_is_enumerated()
    {
        Assert.Throws<ArgumentNullException>(() => _model.PredictFilesAsync(null!, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => _model.PredictFilesAsync([], null, new() { Batch = 0 }, Cancellation));
        Assert.Throws<ArgumentException>(() => _model.PredictFilesAsync([], new ResultOptions { Kind = (ResultKind)9 }, cancellation: Cancellation));
    }

    [Fact]
    public async Task No_files_give_no_outcomes() => Assert.False(await _model.PredictFilesAsync([], cancellation: Cancellation).AnyAsync(Cancellation));

    private string[] Files(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Pictures.File(_folder, $"{i}.png", 20 + (i % 7), 30 - (i % 5), i))];
}
