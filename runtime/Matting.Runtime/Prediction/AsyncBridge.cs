using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Matting.Runtime.Prediction;

/// <summary>Turns a sequence that works while it is enumerated into an asynchronous one.</summary>
internal static class AsyncBridge
{
    // enough to let the sequence go on while the caller looks at an item; what is behind it waits
    private const int Ahead = 1;

    /// <summary>
    /// Enumerates on a thread of its own, at most two items ahead of the caller. A caller that stops early, and one that
    /// cancels, waits until the sequence has ended and been disposed.
    /// </summary>
    /// <param name="sequence">The sequence for a token; the token is cancelled when the caller stops early.</param>
    /// <param name="cancellation">Cancelled by the caller.</param>
    public static async IAsyncEnumerable<T> EnumerateAsync<T>(
        Func<CancellationToken, IEnumerable<T>> sequence, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Channel<T> items = Channel.CreateBounded<T>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        // the network computes on the enumerating thread: one that belongs to no pool keeps nobody else waiting
        Task producing = Task.Factory.StartNew(
            () => Produce(sequence, items.Writer, ending.Token, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (T item in items.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return item;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await producing.ConfigureAwait(false);
        }
    }

    // never throws: a failure travels behind the items that came before it
    private static void Produce<T>(
        Func<CancellationToken, IEnumerable<T>> sequence, ChannelWriter<T> items, CancellationToken ending, CancellationToken cancellation)
    {
        try
        {
            foreach (T item in sequence(ending))
                items.WriteAsync(item, ending).AsTask().GetAwaiter().GetResult();
            items.Complete();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            items.Complete(new OperationCanceledException(cancellation));
        }
        catch (Exception failure)
        {
            items.Complete(failure);
        }
    }
}
