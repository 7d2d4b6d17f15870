using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

public sealed class LifetimeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_disposed_model_refuses_everything_and_may_be_disposed_again()
    {
        MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Predict(Pictures.Rgb(8, 8), null, Cancellation));
        Assert.Throws<ObjectDisposedException>(() => model.Run(new float[192], 1, 8, 8, new float[64], Cancellation));
    }

    [Fact]
    public void Disposing_lets_calls_in_progress_end()
    {
        using TempFolder folder = new();
        string[] files = [.. Enumerable.Range(0, 6).Select(i => Pictures.File(folder, $"{i}.png", 8, 8, i))];
        MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        using IEnumerator<PictureOutcome<int>> outcomes = model.PredictFiles(files, (_, alpha) => alpha.Values.Length, null, Cancellation).GetEnumerator();
        Assert.True(outcomes.MoveNext());
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
        {
            while (outcomes.MoveNext())
                Assert.Equal(64, outcomes.Current.Result);
        });
    }

    [Fact]
    public void Many_threads_share_a_model()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(), "model", new() { Threads = 1 });
        PixelImage[] pictures = [.. Enumerable.Range(0, 4).Select(i => Pictures.Rgb(32 * (i + 1), 64, i))];
        byte[][] alone = [.. pictures.Select(picture => model.Predict(picture, null, Cancellation).Pixels)];
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation }, i =>
            Near.AssertSameBytes(alone[i % 4], model.Predict(pictures[i % 4], null, Cancellation).Pixels));
    }

    [Fact]
    public void Runs_after_the_first_allocate_next_to_nothing()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(256, 256), "model");
        float[] input = new float[2 * 3 * 256 * 256];
        float[] alpha = new float[2 * 256 * 256];
        model.Run(input, 2, 256, 256, alpha, Cancellation);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            model.Run(input, 2, 256, 256, alpha, Cancellation);
        // names and handles of a run, not its pixels: the buffers alone would be 2 MB each time
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * 4096);
    }

    [Fact]
    public void Changing_sizes_use_the_same_buffers()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(), "model");
        float[] input = new float[3 * 256 * 256];
        float[] alpha = new float[256 * 256];
        model.Run(input, 1, 256, 256, alpha, Cancellation);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            int side = 32 * (1 + (i % 8));
            model.Run(input.AsSpan(0, 3 * side * side), 1, side, side, alpha.AsSpan(0, side * side), Cancellation);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * 8192);
    }

    [Fact]
    public void A_cancelled_token_stops_before_the_run_and_the_model_works_on()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        PixelImage rgb = Pictures.Rgb(8, 8);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => model.Predict(rgb, null, source.Token));
        Assert.Equal(64, model.Predict(rgb, null, Cancellation).Pixels.Length);
    }

    [Fact]
    public void A_run_in_progress_stops_at_its_next_node()
    {
        // a chain of so many nodes over a large picture runs far longer than the timer takes, however busy the machine
        TinyModel chain = new TinyModel()
            .Input("image", TinyModel.Float, 1, 3, 512, 512).Output("alpha", TinyModel.Float, 1, 1, 512, 512)
            .Weights("w", new float[3 * 3 * 5 * 5], 3, 3, 5, 5).Weights("last", new float[3], 1, 3, 1, 1);
        string previous = "image";
        for (int i = 0; i < 3000; i++, previous = $"c{i}")
            chain.Node("Conv", [previous, "w"], [$"c{i + 1}"], ("kernel_shape", new long[] { 5, 5 }), ("pads", new long[] { 2, 2, 2, 2 }));
        chain.Node("Conv", [previous, "last"], ["alpha"]);
        using MattingModel model = MattingModel.Load(chain.ToBytes(), "long", new() { Profile = "unit", Threads = 1 });
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(20));
        Assert.Throws<OperationCanceledException>(() => model.Predict(Pictures.Rgb(512, 512), null, source.Token));
    }
}
