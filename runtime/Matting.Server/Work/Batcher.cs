using System.Diagnostics;
using System.Threading.Channels;
using Matting.Runtime;
using Matting.Shared.Imaging;

namespace Matting.Server.Work;

/// <summary>
/// One run after the other, whichever model it is of: each run has the machine for itself. It is over pictures of several requests: the one that
/// waits longest, and those behind it that can share its run.
/// </summary>
internal sealed class Batcher : IAsyncDisposable
{
    private readonly int _largest;
    private readonly TimeSpan _wait;
    private readonly Action<RunKey, int, TimeSpan> _ran;
    private readonly Channel<PictureJob> _arrivals = Channel.CreateUnbounded<PictureJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly LinkedList<PictureJob> _waiting = [];
    private readonly Task _loop;

    /// <param name="largest">Most pictures of one run.</param>
    /// <param name="wait">How long a run that is not full waits for more.</param>
    /// <param name="ran">Told of each run: of what, how many pictures, how long.</param>
    public Batcher(int largest, TimeSpan wait, Action<RunKey, int, TimeSpan> ran)
    {
        (_largest, _wait, _ran) = (largest, wait, ran);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>The alpha of a picture at its own size.</summary>
    /// <exception cref="OperationCanceledException">The client has gone, or the server ended.</exception>
    public async Task<PixelImage> PredictAsync(PixelImage picture, RunKey key, PredictOptions options, CancellationToken cancellation)
    {
        PictureJob job = new(picture, key, options, cancellation);
        if (!_arrivals.Writer.TryWrite(job))
            throw new OperationCanceledException("the server has ended");
        using CancellationTokenRegistration abandon = cancellation.Register(job.Abandon);
        return await job.Completion;
    }

    /// <summary>Ends what runs and what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _arrivals.Writer.TryComplete();
        await _loop;
    }

    private async Task LoopAsync()
    {
        while (await HaveWorkAsync())
        {
            RunKey key = _waiting.First!.Value.Key;
            if (_largest > 1 && _wait > TimeSpan.Zero)
                await FillAsync(key);
            Execute(Take(key));
        }
    }

    private async Task<bool> HaveWorkAsync()
    {
        while (true)
        {
            TakeArrivals();
            if (_waiting.Count > 0)
                return true;
            if (!await _arrivals.Reader.WaitToReadAsync())
                return false;
        }
    }

    private async Task FillAsync(RunKey key)
    {
        using CancellationTokenSource limit = new(_wait);
        try
        {
            while (_waiting.Count(job => job.Key == key) < _largest && await _arrivals.Reader.WaitToReadAsync(limit.Token))
                TakeArrivals();
        }
        catch (OperationCanceledException)
        {
            // waited long enough
        }
    }

    private void TakeArrivals()
    {
        while (_arrivals.Reader.TryRead(out PictureJob? job))
            _waiting.AddLast(job);
        for (LinkedListNode<PictureJob>? node = _waiting.First, next; node is not null; node = next)
        {
            next = node.Next;
            if (!node.Value.IsWaiting)
                _waiting.Remove(node);
        }
    }

    private List<PictureJob> Take(RunKey key)
    {
        List<PictureJob> jobs = [];
        for (LinkedListNode<PictureJob>? node = _waiting.First, next; node is not null && jobs.Count < _largest; node = next)
        {
            next = node.Next;
            if (node.Value.Key != key)
                continue;
            _waiting.Remove(node);
            if (node.Value.TryStart())
                jobs.Add(node.Value);
        }
        return jobs;
    }

    private void Execute(List<PictureJob> jobs)
    {
        if (jobs.Count == 0)
            return;
        using CancellationTokenSource pointless = new();
        int clients = jobs.Count;
        List<CancellationTokenRegistration> registrations = [.. jobs.Select(job => job.Cancellation.Register(() =>
        {
            if (Interlocked.Decrement(ref clients) == 0)
                pointless.Cancel();
        }))];
        try
        {
            Run(jobs, [.. jobs.Select(job => job.Take())], pointless.Token);
        }
        finally
        {
            // waits for a callback that runs, so that none meets a disposed source
            foreach (CancellationTokenRegistration registration in registrations)
                registration.Dispose();
        }
    }

    private void Run(List<PictureJob> jobs, IReadOnlyList<PixelImage> pictures, CancellationToken pointless)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            PixelImage[] alphas = jobs[0].Key.Model.Predict(pictures, jobs[0].Options, pointless);
            for (int i = 0; i < alphas.Length; i++)
                jobs[i].Succeed(alphas[i]);
            _ran(jobs[0].Key, jobs.Count, Stopwatch.GetElapsedTime(started));
        }
        // one picture's failure, or that of so many together: alone the others may do
        catch (MattingModelException failure) when (jobs.Count > 1 && failure.Reason is (MattingModelError.BadOutput or MattingModelError.OutOfMemory))
        {
            for (int i = 0; i < jobs.Count; i++)
                Run([jobs[i]], [pictures[i]], pointless);
        }
        // whatever it is, each request says it to its client, and the next run is tried
        catch (Exception failure)
        {
            foreach (PictureJob job in jobs)
                job.Fail(failure);
        }
    }
}
