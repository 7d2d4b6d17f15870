namespace Matting.Server.Work;

/// <summary>What one request holds of a budget; given back at the end.</summary>
internal sealed class MemoryShare(MemoryBudget budget) : IDisposable
{
    private long _held;

    /// <inheritdoc cref="MemoryBudget.TryTake"/>
    public bool TryTake(long amount)
    {
        if (!budget.TryTake(amount))
            return false;
        _held += amount;
        return true;
    }

    /// <inheritdoc cref="MemoryBudget.TakeAsync"/>
    public async Task TakeAsync(long amount, CancellationToken cancellation)
    {
        await budget.TakeAsync(amount, cancellation);
        _held += amount;
    }

    /// <summary>Gives back what goes beyond an amount.</summary>
    public void ShrinkTo(long amount)
    {
        if (amount >= _held)
            return;
        budget.Return(_held - amount);
        _held = amount;
    }

    public void Dispose() => ShrinkTo(0);
}
