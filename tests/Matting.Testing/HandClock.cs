namespace Matting.Testing;

/// <summary>A clock that stands still until it is told otherwise.</summary>
public sealed class HandClock : TimeProvider
{
    private long _ticks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => _ticks += time.Ticks;

    /// <inheritdoc/>
    public override long GetTimestamp() => _ticks;
}
