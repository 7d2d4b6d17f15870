using Matting.Trainer.Data;

namespace Matting.Trainer.Tests.Data;

public sealed class BatchLoaderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(7, 4)]
    [InlineData(16, 2)]
    public void Batches_come_in_order_with_every_sample_whatever_the_number_of_workers(int workers, int batchSize)
    {
        NumberedSamples source = new(23);
        using BatchLoader loader = new(source, batchSize, workers);
        int[] order = SampleOrder.Shuffled(23, seed: 5, epoch: 2);

        List<float> seen = [];
        List<int> counts = [];
        foreach (Batch batch in loader.Epoch(order, epoch: 2, Stop))
        {
            counts.Add(batch.Count);
            for (int i = 0; i < batch.Count; i++)
                seen.Add(batch.Alphas[i * source.Size * source.Size]);
            Assert.Equal(3 * batch.Alphas.Length, batch.Images.Length);
        }

        Assert.Equal(order.Select(index => 1000f * 2 + index), seen);
        Assert.Equal(loader.BatchCount, counts.Count);
        Assert.All(counts.SkipLast(1), count => Assert.Equal(batchSize, count));
    }

    [Fact]
    public void An_epoch_can_be_left_early_and_the_next_one_starts_afresh()
    {
        using BatchLoader loader = new(new NumberedSamples(50), 2, 3);

        Assert.Equal([0f, 1f], loader.Epoch(SampleOrder.Sequential(50), 0, Stop).First().Alphas.ToArray().Where((_, i) => i % 4 == 0));
        Assert.Equal(25, loader.Epoch(SampleOrder.Sequential(50), 0, Stop).Count());
    }

    [Fact]
    public void A_sample_that_fails_stops_at_its_batch_and_not_before()
    {
        using BatchLoader loader = new(new NumberedSamples(40, bad: [17, 13]), 4, 5);
        List<float> seen = [];

        TrainingException e = Assert.Throws<TrainingException>(() =>
        {
            foreach (Batch batch in loader.Epoch(SampleOrder.Sequential(40), 0, Stop))
                seen.Add(batch.Alphas[0]);
        });

        // batches of 0, 4 and 8 are good; of the two bad samples the first one in order is named
        Assert.Equal([0f, 4f, 8f], seen);
        Assert.Equal("sample 13 is bad", e.Message);
    }

    [Fact]
    public void Cancelling_wakes_a_consumer_that_waits_for_a_batch()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using ManualResetEventSlim held = new();
        NumberedSamples source = new(10) { BeforeLoad = index => { if (index == 2) { stop.Cancel(); held.Wait(Stop); } } };
        using BatchLoader loader = new(source, 2, 1);
        List<int> seen = [];

        Assert.Throws<OperationCanceledException>(() =>
        {
            using IDisposable release = stop.Token.Register(held.Set);
            foreach (Batch batch in loader.Epoch(SampleOrder.Sequential(10), 0, stop.Token))
                seen.Add(batch.Count);
        });

        Assert.True(seen.Count <= 1);
    }

    [Fact]
    public void No_more_batches_are_prepared_than_the_ring_holds()
    {
        int loaded = 0;
        NumberedSamples source = new(100) { BeforeLoad = _ => Interlocked.Increment(ref loaded) };
        using BatchLoader loader = new(source, 2, 2);

        foreach (Batch batch in loader.Epoch(SampleOrder.Sequential(100), 0, Stop))
        {
            // the batch in hand and at most three more of two samples each
            Assert.True(Volatile.Read(ref loaded) <= 8);
            break;
        }
    }

    [Fact]
    public void A_prepared_epoch_is_loaded_before_it_is_asked_for()
    {
        using SemaphoreSlim loaded = new(0);
        int count = 0;
        NumberedSamples source = new(20) { BeforeLoad = _ => { Interlocked.Increment(ref count); loaded.Release(); } };
        using BatchLoader loader = new(source, 2, 1);
        int[] order = SampleOrder.Shuffled(20, seed: 1, epoch: 3);

        loader.Prepare(order, 3);
        // as many as the ring holds, three batches of two, without anybody asking
        for (int i = 0; i < 6; i++)
            Assert.True(loaded.Wait(TimeSpan.FromMinutes(1), Stop));

        Assert.Equal(order.Select(index => 3000f + index), Alphas(loader.Epoch(order, 3, Stop)));
        Assert.Equal(20, count);
    }

    [Theory]
    [InlineData(4, 0, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(3, 0, 2)]
    public void What_was_prepared_for_another_epoch_is_given_up(int epoch, int first, int seed)
    {
        using BatchLoader loader = new(new NumberedSamples(20), 2, 3);
        loader.Prepare(SampleOrder.Shuffled(20, seed: 1, epoch: 3), 3);
        int[] order = SampleOrder.Shuffled(20, seed, epoch: 3);

        Assert.Equal(order.Skip(2 * first).Select(index => (1000f * epoch) + index), Alphas(loader.Epoch(order, epoch, first, Stop)));
        Assert.Equal(order.Select(index => 9000f + index), Alphas(loader.Epoch(order, 9, Stop)));
    }

    [Fact]
    public void A_sample_that_fails_in_a_prepared_epoch_stops_at_its_batch()
    {
        using BatchLoader loader = new(new NumberedSamples(8, bad: [3]), 2, 2);
        int[] order = SampleOrder.Sequential(8);
        loader.Prepare(order, 0);
        loader.Prepare(order, 0);
        using IEnumerator<Batch> batches = loader.Epoch(order, 0, Stop).GetEnumerator();

        Assert.True(batches.MoveNext());
        Assert.Equal("sample 3 is bad", Assert.Throws<TrainingException>(() => batches.MoveNext()).Message);
    }

    [Fact]
    public void What_was_prepared_in_vain_ends_with_the_loader()
    {
        int count = 0;
        NumberedSamples source = new(100) { BeforeLoad = _ => Interlocked.Increment(ref count) };
        BatchLoader loader = new(source, 2, 2);
        loader.Prepare(SampleOrder.Sequential(100), 0);

        loader.Dispose();

        Assert.InRange(count, 0, 8);
        loader.Dispose();
    }

    [Fact]
    public void A_shuffled_order_holds_every_sample_once_and_differs_by_epoch_and_seed()
    {
        int[] first = SampleOrder.Shuffled(100, 1, 1);

        Assert.Equal(Enumerable.Range(0, 100), first.Order());
        Assert.Equal(first, SampleOrder.Shuffled(100, 1, 1));
        Assert.NotEqual(first, SampleOrder.Shuffled(100, 1, 2));
        Assert.NotEqual(first, SampleOrder.Shuffled(100, 2, 1));
    }

    private static List<float> Alphas(IEnumerable<Batch> batches)
    {
        List<float> seen = [];
        foreach (Batch batch in batches)
        {
            for (int i = 0; i < batch.Count; i++)
                seen.Add(batch.Alphas[i * batch.Size * batch.Size]);
        }
        return seen;
    }

    /// <summary>Samples whose pixels are all 1000 * epoch + index.</summary>
    private sealed class NumberedSamples(int count, int[]? bad = null) : ISampleSource
    {
        public Action<int> BeforeLoad { get; init; } = _ => { };

        public int Count => count;

        public int Size => 2;

        public void Load(int index, long epoch, Span<float> imageChw, Span<float> alpha01)
        {
            BeforeLoad(index);
            if (bad?.Contains(index) == true)
                throw new TrainingException($"sample {index} is bad");
            imageChw.Fill(1000 * epoch + index);
            alpha01.Fill(1000 * epoch + index);
        }
    }
}
