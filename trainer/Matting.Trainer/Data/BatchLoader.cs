using System.Diagnostics;

namespace Matting.Trainer.Data;

/// <summary>
/// Hands out the batches of an epoch in order, while worker threads prepare the next ones. What a batch
/// holds does not depend on the number of workers.
/// </summary>
public sealed class BatchLoader : IDisposable
{
    // one batch is being trained on, these many may be ready or in the making
    private const int Ahead = 2;

    private readonly ISampleSource _source;
    private readonly int _batchSize;
    private readonly int _workers;
    private readonly bool _skipUnreadable;
    private readonly Batch[] _ring;
    private BatchPrefetch? _prepared;

    /// <summary>Sets memory aside for a few batches; it is used again and again.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="batchSize">Samples in a batch, at least 1.</param>
    /// <param name="workers">Threads that prepare samples, at least 1.</param>
    /// <param name="skipUnreadable">
    /// True: for a sample that cannot be read another one of the epoch stands in, so batches stay as large as they are, see <see cref="Batch.Unreadable"/>.
    /// </param>
    public BatchLoader(ISampleSource source, int batchSize, int workers, bool skipUnreadable = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        (_source, _batchSize, _workers, _skipUnreadable) = (source, batchSize, workers, skipUnreadable);
        // with many workers and small batches more than the usual two are under way at once
        int slots = 1 + Math.Max(Ahead, (workers + batchSize - 1) / batchSize + 1);
        _ring = [.. Enumerable.Range(0, slots).Select(_ => new Batch(batchSize, source.Size))];
    }

    /// <summary>Samples in a batch; the last one of an epoch may have fewer.</summary>
    public int BatchSize => _batchSize;

    /// <summary>Height and width of each sample in pixels.</summary>
    public int Size => _source.Size;

    /// <summary>Number of samples in an epoch.</summary>
    public int SampleCount => _source.Count;

    /// <summary>Number of batches in an epoch; the last one may be smaller.</summary>
    public int BatchCount => (_source.Count + _batchSize - 1) / _batchSize;

    /// <summary>How long <see cref="Epoch(IReadOnlyList{int}, long, int, CancellationToken)"/> had to wait for batches, all epochs together.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>All batches of an epoch.</summary>
    /// <inheritdoc cref="Epoch(IReadOnlyList{int}, long, int, CancellationToken)"/>
    public IEnumerable<Batch> Epoch(IReadOnlyList<int> order, long epoch, CancellationToken cancellation = default) =>
        Epoch(order, epoch, first: 0, cancellation);

    /// <summary>The batches of an epoch. Each is valid until the next one is asked for; only one epoch at a time.</summary>
    /// <param name="order">The samples' indices in the order they come.</param>
    /// <param name="epoch">Handed to the source.</param>
    /// <param name="first">The batch to begin with, from 0; nothing of the ones before it is loaded.</param>
    /// <param name="cancellation">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="TrainingException">A sample of the batch that is due cannot be used; earlier batches were handed out.</exception>
    public IEnumerable<Batch> Epoch(IReadOnlyList<int> order, long epoch, int first, CancellationToken cancellation = default)
    {
        using BatchPrefetch prefetch = TakePrepared(order, epoch, first) ?? Start(order, epoch, first);
        using CancellationTokenRegistration stop = cancellation.Register(prefetch.Stop);
        for (int number = first; number < prefetch.BatchCount; number++)
        {
            long start = Stopwatch.GetTimestamp();
            Batch? batch = prefetch.Take(number);
            Waited += Stopwatch.GetElapsedTime(start);
            cancellation.ThrowIfCancellationRequested();
            yield return batch ?? throw new ObjectDisposedException(nameof(BatchLoader));
        }
    }

    /// <summary>
    /// Starts to load the first batches of an epoch, to be called while something else is being done: when the epoch is asked for they are
    /// there. Only between two epochs; the last batch of the epoch before is no longer valid.
    /// </summary>
    /// <inheritdoc cref="Epoch(IReadOnlyList{int}, long, int, CancellationToken)"/>
    public void Prepare(IReadOnlyList<int> order, long epoch, int first = 0)
    {
        _prepared?.Dispose();
        _prepared = Start(order, epoch, first);
    }

    /// <summary>Ends what was prepared and not asked for.</summary>
    public void Dispose()
    {
        _prepared?.Dispose();
        _prepared = null;
    }

    private BatchPrefetch Start(IReadOnlyList<int> order, long epoch, int first) =>
        new(new EpochSamples(_source, order, epoch, _skipUnreadable), _ring, _batchSize, _workers, first);

    private BatchPrefetch? TakePrepared(IReadOnlyList<int> order, long epoch, int first)
    {
        BatchPrefetch? prepared = _prepared;
        _prepared = null;
        if (prepared is null || prepared.IsFor(order, epoch, first))
            return prepared;
        // another one writes into the same memory
        prepared.Dispose();
        return null;
    }
}
