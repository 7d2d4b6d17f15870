using Matting.Runtime.Caching;

namespace Matting.Runtime;

/// <summary>The right to use a model of a <see cref="MattingModelCache"/> until it is disposed. Any number of threads may use the model meanwhile.</summary>
public sealed class MattingModelLease : IDisposable
{
    private readonly MattingModelCache _cache;
    private readonly MattingModel _model;
    private CachedModel? _entry;

    internal MattingModelLease(MattingModelCache cache, CachedModel entry, MattingModel model) => (_cache, _entry, _model) = (cache, entry, model);

    /// <summary>The model; it belongs to the cache and others use it too, so it must not be disposed.</summary>
    /// <exception cref="ObjectDisposedException">The lease has been given back.</exception>
    public MattingModel Model
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _entry) is null, this);
            return _model;
        }
    }

    /// <summary>Gives the model back; a second time does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _entry, null) is { } entry)
            _cache.Return(entry);
    }
}
