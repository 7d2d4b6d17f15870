using Matting.Runtime.Caching;
using Matting.Shared.Onnx;

namespace Matting.Runtime;

/// <summary>
/// Models by file, loaded when they are first asked for and kept for the next time. All members may be called from several threads at once: a model that
/// many ask for at the same moment is loaded once. A file that has changed since (its length or the time of its last change) is loaded anew; who still has the
/// old model keeps it until the lease ends. When there are more models than the options allow, the ones that nobody uses go, the least recently used first.
/// </summary>
/// <example>
/// <code>
/// using MattingModelCache cache = new();
/// using MattingModelLease lease = await cache.RentAsync("model.onnx");
/// PixelImage alpha = lease.Model.PredictFile("photo.jpg");
/// </code>
/// </example>
public sealed class MattingModelCache : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ModelKey, CachedModel> _current = [];
    private readonly MattingModelCacheOptions _options;
    private readonly Func<string, MattingModelOptions, MattingModel> _load;
    private long _uses;
    private bool _disposed;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="options">How much it keeps; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public MattingModelCache(MattingModelCacheOptions? options = null)
        : this(options ?? MattingModelCacheOptions.Default, MattingModel.Load)
    {
    }

    internal MattingModelCache(MattingModelCacheOptions options, Func<string, MattingModelOptions, MattingModel> load)
    {
        options.Check();
        (_options, _load) = (options, load);
    }

    /// <summary>Models that are kept or being loaded, those in use included; not those that were replaced and are still in use.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _current.Count;
        }
    }

    /// <summary>Their bytes, counted as <see cref="MattingModelCacheOptions.MostBytes"/> says.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _current.Values.Sum(entry => entry.Stamp.Length);
        }
    }

    /// <summary>Hands out a model, loaded on the thread pool if need be.</summary>
    /// <param name="path">An ONNX file; the same file by another path is another model, but relative and full paths are the same.</param>
    /// <param name="options">How it is loaded; null for the defaults. Equal options share a model, others get one of their own.</param>
    /// <param name="cancellation">Ends the wait; the load goes on for others and for the next time.</param>
    /// <returns>A lease, to be disposed as soon as the model is no longer used.</returns>
    /// <exception cref="ArgumentException">The path is empty, or an option is out of range.</exception>
    /// <exception cref="MattingModelException">The model cannot be read or used, or contradicts the options. The next call tries again.</exception>
    /// <exception cref="OnnxFormatException">The file is damaged, refers to other files, or its metadata is garbled.</exception>
    /// <exception cref="DeviceUnavailableException">The device is not there.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<MattingModelLease> RentAsync(string path, MattingModelOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        cancellation.ThrowIfCancellationRequested();
        CachedModel entry = Take(new ModelKey(Path.GetFullPath(path), options ?? MattingModelOptions.Default));
        try
        {
            return new MattingModelLease(this, entry, await entry.Loading.Task.WaitAsync(cancellation).ConfigureAwait(false));
        }
        catch
        {
            Return(entry);
            throw;
        }
    }

    /// <summary>Hands out a model and blocks while it is loaded; see <see cref="RentAsync"/>.</summary>
    /// <inheritdoc cref="RentAsync"/>
    public MattingModelLease Rent(string path, MattingModelOptions? options = null, CancellationToken cancellation = default) =>
        RentAsync(path, options, cancellation).GetAwaiter().GetResult();

    /// <summary>Drops all models; those in use live until their leases end.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (CachedModel entry in _current.Values.ToArray())
                Retire(entry);
        }
    }

    internal void Return(CachedModel entry)
    {
        lock (_lock)
        {
            entry.Uses--;
            DisposeIfOver(entry);
            Trim();
        }
    }

    private CachedModel Take(ModelKey key)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            // under the lock: stamps of several callers then come in the order of the file's changes
            FileStamp stamp = FileStamp.Of(key.Path);
            if (_current.TryGetValue(key, out CachedModel? entry) && entry.Stamp != stamp)
            {
                Retire(entry);
                entry = null;
            }
            if (entry is null)
            {
                entry = new CachedModel(key, stamp);
                _current.Add(key, entry);
                _ = Task.Run(() => Load(entry));
            }
            entry.Uses++;
            entry.LastUse = ++_uses;
            // before the new one takes its memory
            Trim();
            return entry;
        }
    }

    private void Load(CachedModel entry)
    {
        try
        {
            MattingModel model = _load(entry.Key.Path, entry.Key.Options);
            lock (_lock)
            {
                entry.Model = model;
                DisposeIfOver(entry);
                Trim();
            }
            entry.Loading.SetResult(model);
        }
        // whatever it is, those who wait hear it, and the next one who asks tries again
        catch (Exception failure)
        {
            lock (_lock)
                Retire(entry);
            entry.Loading.SetException(failure);
            // nobody may be waiting any more: a failure that nobody hears is no failure of the process
            _ = entry.Loading.Task.Exception;
        }
    }

    private void Trim()
    {
        while (_current.Count > _options.MostModels || _current.Values.Sum(entry => entry.Stamp.Length) > _options.MostBytes)
        {
            CachedModel? oldest = _current.Values.Where(entry => entry is { Uses: 0, Model: not null }).MinBy(entry => entry.LastUse);
            if (oldest is null)
                return;
            Retire(oldest);
        }
    }

    private void Retire(CachedModel entry)
    {
        if (entry.IsRetired)
            return;
        entry.IsRetired = true;
        _current.Remove(entry.Key);
        DisposeIfOver(entry);
    }

    private static void DisposeIfOver(CachedModel entry)
    {
        if (entry is { IsRetired: true, Uses: 0 })
            entry.Model?.Dispose();
    }
}
