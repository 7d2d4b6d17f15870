namespace TorchSharp;

/// <summary>How many objects of a kind a thread made, disposed and moved.</summary>
public class LifetimeStatistics
{
    public long CreatedOutsideScopeCount { get; internal set; }

    public long DisposedOutsideScopeCount { get; internal set; }

    public long CreatedInScopeCount { get; internal set; }

    public long DisposedInScopeCount { get; internal set; }

    public long AttachedToScopeCount { get; internal set; }

    public long DetachedFromScopeCount { get; internal set; }

    public long ThreadTotalLiveCount => CreatedInScopeCount + CreatedOutsideScopeCount - DisposedInScopeCount - DisposedOutsideScopeCount;

    public override string ToString() => Text(this);

    internal static string Text(LifetimeStatistics s) =>
        $"ThreadTotalLiveCount: {s.ThreadTotalLiveCount}; CreatedOutsideScopeCount: {s.CreatedOutsideScopeCount}; "
        + $"DisposedOutsideScopeCount: {s.DisposedOutsideScopeCount}; CreatedInScopeCount: {s.CreatedInScopeCount}; "
        + $"DisposedInScopeCount: {s.DisposedInScopeCount}; AttachedToScopeCount: {s.AttachedToScopeCount}; "
        + $"DetachedFromScopeCount: {s.DetachedFromScopeCount}";
}

/// <summary>The statistics of a thread. Only tensors are made here, so the totals are those of the tensors.</summary>
public class ThreadDisposeScopeStatistics
{
    public LifetimeStatistics TensorStatistics { get; } = new();

    public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount;

    public override string ToString() => LifetimeStatistics.Text(TensorStatistics);
}
