namespace Matting.Server.Work;

/// <summary>The bytes that requests may hold at once; who waits for some gets them in the order of coming.</summary>
/// <param name="bytes">All there are.</param>
internal sealed class MemoryBudget(long bytes)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private long _taken;

    public long Bytes => bytes;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Takes bytes if they are free now.</summary>
    public bool TryTake(long amount)
    {
        lock (_lock)
            return _waiting.Count == 0 && Fits(amount);
    }

    /// <summary>Waits until bytes are free, and takes them.</summary>
    /// <param name="amount">At most <see cref="Bytes"/>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled while it waited; nothing was taken.</exception>
    public async Task TakeAsync(long amount, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, bytes);
        LinkedListNode<Waiter> node;
        lock (_lock)
        {
            if (_waiting.Count == 0 && Fits(amount))
                return;
            node = _waiting.AddLast(new Waiter(amount));
        }
        using CancellationTokenRegistration abandon = cancellation.Register(() => Abandon(node, cancellation));
        await node.Value.Completion.Task;
    }

    public void Return(long amount)
    {
        lock (_lock)
        {
            _taken -= amount;
            Admit();
        }
    }

    private bool Fits(long amount)
    {
        if (amount > bytes - _taken)
            return false;
        _taken += amount;
        return true;
    }

    // the one who waits longest comes first, also when a smaller one would fit: large pictures must get their turn
    private void Admit()
    {
        while (_waiting.First is { } first && Fits(first.Value.Amount))
        {
            _waiting.RemoveFirst();
            first.Value.Completion.SetResult();
        }
    }

    private void Abandon(LinkedListNode<Waiter> node, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (node.List is null)
                return;
            _waiting.Remove(node);
            Admit();
        }
        node.Value.Completion.SetCanceled(cancellation);
    }

    private sealed class Waiter(long amount)
    {
        public long Amount => amount;

        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
