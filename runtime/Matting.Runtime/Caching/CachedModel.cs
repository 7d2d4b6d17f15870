namespace Matting.Runtime.Caching;

/// <summary>What makes two wishes for a model the same.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Options">How it is loaded; compared by value.</param>
internal sealed record ModelKey(string Path, MattingModelOptions Options);

/// <summary>A model of the cache, or one that is being loaded. All but <see cref="Loading"/> is guarded by the cache's lock.</summary>
internal sealed class CachedModel(ModelKey key, FileStamp stamp)
{
    public ModelKey Key => key;

    /// <summary>The file as it was just before it was read.</summary>
    public FileStamp Stamp => stamp;

    /// <summary>Ends with the model.</summary>
    public TaskCompletionSource<MattingModel> Loading { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The model, once it is loaded.</summary>
    public MattingModel? Model { get; set; }

    /// <summary>Leases, and those who wait for one.</summary>
    public int Uses { get; set; }

    /// <summary>Grows with every use of any model.</summary>
    public long LastUse { get; set; }

    /// <summary>No longer handed out: disposed when its last use ends.</summary>
    public bool IsRetired { get; set; }
}
