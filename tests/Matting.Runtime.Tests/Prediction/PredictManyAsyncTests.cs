using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

public sealed class PredictManyAsyncTests : IDisposable
{
    // as many as the documentation promises: four on their way, one in the caller's hands
    private const int MostAtWork = 5;

    private readonly TempFolder _folder = new();
    private readonly MattingModel _model = MattingModel.Load(MattingSmall.WithCard(), "model");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ResultKind.Alpha, TestTimeAugmentation.None)]
    [InlineData(ResultKind.Cutout, TestTimeAugmentation.Flip)]
    public async Task Files_bytes_and_pixels_come_in_order_and_are_those_of_single_pictures(ResultKind kind, TestTimeAugmentation tta)
    {
        PixelImage[] pictures = [.. Enumerable.Range(0, 9).Select(i => Pictures.Rgb(40 + (13 * i), 90 - (7 * i), i))];
        PictureInput[] inputs = [.. pictures.Select((picture, i) => i % 3 == 2 ? AsFile(picture, i) : Input(picture, i))];
        ResultOptions result = new() { Kind = kind };
        PredictOptions options = new() { Tta = tta };
        PictureOutcome<PixelImage>[] outcomes =
            await _model.PredictManyAsync(inputs.ToAsyncEnumerable(), result, options, Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal(inputs.Select(input => input.Name), outcomes.Select(outcome => outcome.File));
        for (int i = 0; i < outcomes.Length; i++)
        {
            Assert.Null(outcomes[i].Failure);
            Assert.Equal(_model.SizeFor(pictures[i].Height, pictures[i].Width), outcomes[i].Size);
            Near.AssertSameBytes(_model.Predict(pictures[i], result, options, Cancellation).Pixels, outcomes[i].Result!.Pixels);
        }
    }

    [Fact]
    public async Task A_bad_picture_is_an_outcome_in_its_place()
    {
        PictureInput[] inputs =
        [
            PictureInput.FromEncoded("noise", new byte[100]), Input(Pictures.Rgb(8, 8), 0), PictureInput.FromFile(_folder.File("missing.png")),
            PictureInput.FromEncoded("half", ImageFile.EncodePng(Pictures.Rgb(30, 30)).AsMemory(0, 200)), Input(Pictures.Rgb(8, 8), 1),
        ];
        PictureOutcome<PixelImage>[] outcomes = await _model.PredictManyAsync(inputs.ToAsyncEnumerable(), cancellation: Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal(
            [ImageFileError.UnknownFormat, null, ImageFileError.NotFound, ImageFileError.Corrupt, null],
            outcomes.Select(outcome => (outcome.Failure as ImageFileException)?.Reason));
        Assert.StartsWith("noise: ", outcomes[0].Failure!.Message, StringComparison.Ordinal);
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Failure is null, outcome.Result is not null));
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_is_an_outcome_and_any_other_failure_ends_it_all()
    {
        PictureInput[] inputs = [Input(Pictures.Rgb(8, 8), 0), Input(Pictures.Rgb(8, 8), 1), Input(Pictures.Rgb(8, 8), 2)];
        PictureOutcome<int>[] outcomes = await _model.PredictManyAsync(
            inputs.ToAsyncEnumerable(), (name, _) => name == inputs[1].Name ? throw new IOException("the disk is full") : 7, null, Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal([7, 0, 7], outcomes.Select(outcome => outcome.Result));
        Assert.Equal("the disk is full", outcomes[1].Failure?.Message);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await _model.PredictManyAsync<int>(
            inputs.ToAsyncEnumerable(), (_, _) => throw new NotSupportedException(), null, Cancellation).CountAsync(Cancellation));
        Assert.Equal(0, _model.RunsInProgress);
    }

    [Fact]
    public async Task An_outcome_does_not_wait_for_the_next_picture()
    {
        // the source gives the next picture only for an outcome: with any look-ahead this would stand still
        Channel<PictureInput> source = Channel.CreateUnbounded<PictureInput>();
        Assert.True(source.Writer.TryWrite(Input(Pictures.Rgb(8, 8), 0)));
        List<string> seen = [];
        await foreach (PictureOutcome<PixelImage> outcome in _model.PredictManyAsync(source.Reader.ReadAllAsync(Cancellation), cancellation: Cancellation))
        {
            seen.Add(outcome.File);
            if (seen.Count == 5)
                source.Writer.Complete();
            else
                Assert.True(source.Writer.TryWrite(Input(Pictures.Rgb(8, 8), seen.Count)));
        }
        Assert.Equal(["0", "1", "2", "3", "4"], seen);
    }

    [Fact]
    public async Task No_more_pictures_are_taken_than_promised()
    {
        CountingSource source = new(60);
        int seen = 0;
        await foreach (PictureOutcome<PixelImage> _ in _model.PredictManyAsync(source, cancellation: Cancellation))
            Assert.InRange(source.Taken - seen++, 1, MostAtWork);
        Assert.Equal((60, 60), (seen, source.Taken));
    }

    [Fact]
    public async Task Breaking_off_ends_the_work_the_source_and_all_runs()
    {
        CountingSource source = new(60);
        await foreach (PictureOutcome<PixelImage> outcome in _model.PredictManyAsync(source, cancellation: Cancellation))
        {
            Assert.Null(outcome.Failure);
            break;
        }
        Assert.True(source.Disposed);
        Assert.InRange(source.Taken, 1, MostAtWork + 1);
        Assert.Equal(0, _model.RunsInProgress);
    }

    [Fact]
    public async Task Breaking_off_frees_a_source_that_waits()
    {
        Channel<PictureInput> source = Channel.CreateUnbounded<PictureInput>();
        Assert.True(source.Writer.TryWrite(Input(Pictures.Rgb(8, 8), 0)));
        await foreach (PictureOutcome<PixelImage> outcome in _model.PredictManyAsync(source.Reader.ReadAllAsync(Cancellation), cancellation: Cancellation))
            break;
        Assert.Equal(0, _model.RunsInProgress);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_token_ends_it_and_the_model_works_on(bool with)
    {
        CountingSource source = new(60);
        using CancellationTokenSource cancelling = new();
        IAsyncEnumerable<PictureOutcome<PixelImage>> outcomes = _model.PredictManyAsync(source, cancellation: with ? Cancellation : cancelling.Token);
        int seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (PictureOutcome<PixelImage> outcome in outcomes.WithCancellation(with ? cancelling.Token : CancellationToken.None))
            {
                if (++seen == 3)
                    await cancelling.CancelAsync();
            }
        });
        Assert.InRange(seen, 3, 3 + MostAtWork);
        Assert.True(source.Disposed);
        Assert.Equal(0, _model.RunsInProgress);
        Assert.Equal(2, await _model.PredictManyAsync(new CountingSource(2), cancellation: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_source_that_fails_is_heard_after_the_outcomes_of_what_it_gave()
    {
        List<string> seen = [];
        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (PictureOutcome<PixelImage> outcome in _model.PredictManyAsync(new CountingSource(60) { FailsAt = 2 }, cancellation: Cancellation))
                seen.Add(outcome.File);
        });
        Assert.Equal("the source broke", failure.Message);
        Assert.Equal(["0", "1"], seen);
        Assert.Equal(0, _model.RunsInProgress);
    }

    [Fact]
    public void Bad_arguments_are_refused_before_anything_is_enumerated()
    {
        IAsyncEnumerable<PictureInput> none = AsyncEnumerable.Empty<PictureInput>();
        Assert.Throws<ArgumentNullException>(() => _model.PredictManyAsync(null!, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => _model.PredictManyAsync(none, null, new() { LongestSide = 3 }, Cancellation));
        Assert.Throws<ArgumentException>(() => _model.PredictManyAsync(none, new ResultOptions { Size = (ResultSize)9 }, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => PictureInput.FromPixels("grey", new PixelImage(4, 4, 1)));
        Assert.Throws<ArgumentException>(() => PictureInput.FromEncoded("", new byte[1]));
        Assert.Throws<ArgumentException>(() => PictureInput.FromFile(""));
    }

    // pixels and bytes by turns, named by their number
    private static PictureInput Input(PixelImage picture, int index) => index % 2 == 0
        ? PictureInput.FromPixels($"{index}", picture)
        : PictureInput.FromEncoded($"{index}", ImageFile.EncodePng(picture));

    private PictureInput AsFile(PixelImage picture, int index)
    {
        ImageFile.Write(_folder.File($"{index}.png"), picture);
        return PictureInput.FromFile(_folder.File($"{index}.png"));
    }

    /// <summary>Counts what is taken from it and knows whether it was ended properly.</summary>
    private sealed class CountingSource(int count) : IAsyncEnumerable<PictureInput>
    {
        private int _taken;

        public int Taken => Volatile.Read(ref _taken);

        public bool Disposed { get; private set; }

        public int FailsAt { get; init; } = -1;

        public IAsyncEnumerator<PictureInput> GetAsyncEnumerator(CancellationToken cancellationToken = default) => TakeAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);

        private async IAsyncEnumerable<PictureInput> TakeAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            try
            {
                for (int i = 0; i < count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (i == FailsAt)
                        throw new InvalidDataException("the source broke");
                    Interlocked.Increment(ref _taken);
                    yield return PictureInput.FromPixels($"{i}", Pictures.Rgb(40, 30, i));
                    await Task.Yield();
                }
            }
            finally
            {
                Disposed = true;
            }
        }
    }
}
