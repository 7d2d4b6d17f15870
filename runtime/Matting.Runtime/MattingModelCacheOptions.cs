namespace Matting.Runtime;

/// <summary>How much a <see cref="MattingModelCache"/> keeps.</summary>
public sealed record MattingModelCacheOptions
{
    /// <summary>All defaults.</summary>
    public static MattingModelCacheOptions Default { get; } = new();

    /// <summary>Most models that are kept, at least 1. Models in use are never dropped: while more of them are in use at once, there are more. Default 4.</summary>
    public int MostModels { get; init; } = 4;

    /// <summary>
    /// Most bytes of all models that are kept, at least 0, counted as the sizes of their files, which is about what their weights take;
    /// the buffers of their runs come on top. A model that alone is larger is kept only while it is in use. Default: no limit.
    /// </summary>
    public long MostBytes { get; init; } = long.MaxValue;

    internal void Check()
    {
        if (MostModels < 1)
            throw new ArgumentException($"a cache of {MostModels} models: at least 1", nameof(MostModels));
        if (MostBytes < 0)
            throw new ArgumentException($"a cache of {MostBytes} bytes: at least 0", nameof(MostBytes));
    }
}
