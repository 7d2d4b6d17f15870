namespace TorchSharp;

/// <summary>
/// Owns the tensors made on this thread while it is the innermost scope, and disposes them with itself, unless they
/// were moved or detached before.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly HashSet<IDisposable> _owned = new(ReferenceEqualityComparer.Instance);
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    /// <summary>The owned tensors at this moment.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            Manager();
            return [.. _owned];
        }
    }

    /// <summary>How many tensors the scope owns.</summary>
    public int DisposablesCount
    {
        get
        {
            Manager();
            return _owned.Count;
        }
    }

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>Whether the scope owns this very object.</summary>
    public bool Contains(IDisposable disposable) => _owned.Contains(disposable);

    /// <summary>Takes a tensor over from no scope or another one.</summary>
    public void Attach(IDisposable disposable) => Attach([disposable]);

    /// <inheritdoc cref="Attach(IDisposable)" />
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="Attach(IDisposable)" />
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var statistics = Manager().StatisticsInstance.TensorStatistics;
        var attached = new List<IDisposable>();
        foreach (var disposable in disposables)
        {
            if (Take(this, disposable)) statistics.AttachedToScopeCount++;
            attached.Add(disposable);
        }

        return attached;
    }

    /// <summary>Forgets a tensor that was disposed by other means.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        Manager();
        _owned.Remove(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = null;
    }

    /// <summary>Disposes what the scope owns; the scope stays usable.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes what the scope owns except the given tensors, which it keeps.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        Manager();
        var kept = inKeep.ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var disposable in _owned.ToArray())
            if (!kept.Contains(disposable)) disposable.Dispose();
    }

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})" />
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes what the scope owns and ends it; its outer scope becomes the current one.</summary>
    public void Dispose()
    {
        if (_manager is null) return;
        DisposeEverything();
        _manager.Remove(this);
        _manager = null;
    }

    /// <summary>A new tensor enters the scope.</summary>
    internal void Register(torch.Tensor tensor) => _owned.Add(tensor);

    /// <summary>An owned tensor leaves because it is being disposed.</summary>
    internal void Release(torch.Tensor tensor)
    {
        _owned.Remove(tensor);
        tensor.OwningDisposeScope = null;
    }

    private static bool Take(DisposeScope scope, IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor) throw new InvalidOperationException("A dispose scope manages tensors only.");
        if (tensor.OwningDisposeScope == scope) return false;
        tensor.OwningDisposeScope?._owned.Remove(tensor);
        scope._owned.Add(tensor);
        tensor.OwningDisposeScope = scope;
        return true;
    }

    private DisposeScopeManager Manager()
    {
        ObjectDisposedException.ThrowIf(_manager is null, this);
        return _manager;
    }
}
