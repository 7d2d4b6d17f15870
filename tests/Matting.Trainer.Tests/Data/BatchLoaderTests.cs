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
        BatchLoader loader = new(source, batchSize, workers);
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
        BatchLoader loader = new(new NumberedSamples(50), 2, 3);

        Assert.Equal([0f, 1f], loader.Epoch(SampleOrder.Sequential(50), 0, Stop).First().Alphas.ToArray().Where((_, i) => i % 4 == 0));
        Assert.Equal(25, loader.Epoch(SampleOrder.Sequential(50), 0, Stop).Count());
    }

    [Fact]
    public void A_sample_that_fails_stops_at_its_batch_and_not_before()
    {
        BatchLoader loader = new(new NumberedSamples(40, bad: [17, 13]), 4, 5);
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
        BatchLoader loader = new(source, 2, 1);
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
        BatchLoader loader = new(source, 2, 2);

        foreach (Batch batch in loader.Epoch(SampleOrder.Sequential(100), 0, Stop))
        {
            // the batch in hand and at most three more of two samples each
            Assert.True(Volatile.Read(ref loaded) <= 8);
            break;
        }
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
