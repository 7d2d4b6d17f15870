using System.Runtime.ExceptionServices;

namespace Matting.Trainer.Data;

/// <summary>
/// The worker threads of one epoch. They take samples in order and write them into a ring of batches; a batch of the
/// ring is written again only after the consumer has asked for the one after it.
/// </summary>
internal sealed class BatchPrefetch : IDisposable
{
    private readonly EpochSamples _samples;
    private readonly Batch[] _ring;
    private readonly int _batchSize;
    private readonly int _first;
    private readonly Thread[] _threads;

    // all below is guarded by _gate
    private readonly object _gate = new();
    private readonly int[] _missing;
    private readonly SortedList<int, ExceptionDispatchInfo> _failures = [];
    private int _nextSample;
    private int _released;
    private bool _stopped;

    public BatchPrefetch(EpochSamples samples, Batch[] ring, int batchSize, int workers, int first)
    {
        (_samples, _ring, _batchSize, _first) = (samples, ring, batchSize, first);
        (_nextSample, _released) = (first * batchSize, first);
        BatchCount = (samples.Count + batchSize - 1) / batchSize;
        _missing = [.. Enumerable.Range(0, BatchCount).Select(CountOf)];
        _threads = [.. Enumerable.Range(0, workers).Select(number => new Thread(Work) { IsBackground = true, Name = $"sample worker {number}" })];
        foreach (Thread thread in _threads)
            thread.Start();
    }

    public int BatchCount { get; }

    /// <summary>Whether this is what these arguments would make.</summary>
    public bool IsFor(IReadOnlyList<int> order, long epoch, int first) => first == _first && _samples.AreThose(order, epoch);

    /// <summary>Waits for a batch, which gives the ones before it free; null after <see cref="Stop"/>.</summary>
    public Batch? Take(int number)
    {
        lock (_gate)
        {
            _released = number;
            Monitor.PulseAll(_gate);
            while (_missing[number] > 0 && !_stopped)
                Monitor.Wait(_gate);
            if (_stopped)
                return null;
            // the first failure by position, whichever thread was faster
            if (_failures.Count > 0 && _failures.Keys[0] < (number + 1) * _batchSize)
                _failures.Values[0].Throw();
            Batch batch = _ring[number % _ring.Length];
            batch.Count = CountOf(number);
            return batch;
        }
    }

    /// <summary>Lets the workers finish their sample and end.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Stops the workers and waits for them: nobody writes into the ring any more.</summary>
    public void Dispose()
    {
        Stop();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private int CountOf(int batch) => Math.Min(_batchSize, _samples.Count - batch * _batchSize);

    private void Work()
    {
        while (TryTakeSample(out int position))
        {
            Batch batch = _ring[position / _batchSize % _ring.Length];
            int place = position % _batchSize;
            ExceptionDispatchInfo? failure = null;
            try
            {
                batch.Note(place, _samples.Load(position, batch.ImageSlot(place), batch.AlphaSlot(place)));
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            Finish(position, failure);
        }
    }

    private bool TryTakeSample(out int position)
    {
        lock (_gate)
        {
            while (!_stopped && _nextSample < _samples.Count && _nextSample / _batchSize >= _released + _ring.Length)
                Monitor.Wait(_gate);
            position = _nextSample;
            if (_stopped || position >= _samples.Count)
                return false;
            _nextSample++;
            return true;
        }
    }

    private void Finish(int position, ExceptionDispatchInfo? failure)
    {
        lock (_gate)
        {
            if (failure is not null)
                _failures.Add(position, failure);
            if (--_missing[position / _batchSize] == 0)
                Monitor.PulseAll(_gate);
        }
    }
}
