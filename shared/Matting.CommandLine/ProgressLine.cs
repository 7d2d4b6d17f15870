namespace Matting.CommandLine;

/// <summary>
/// A <see cref="StatusLine"/> that says how far the work is: label, done of total, rate, time left. All members may be called from
/// several threads.
/// </summary>
public sealed class ProgressLine : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _label;
    private readonly long _total;
    private readonly string _unit;
    private readonly StatusLine _line;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private long _done;
    private string _detail = "";

    /// <summary>Starts a line on stderr of this process.</summary>
    /// <param name="label">What is going on, for instance <c>synth</c>.</param>
    /// <param name="total">Number of items; 0 when it is not known: then no percentage and no remaining time.</param>
    /// <param name="unit">What is counted, for the rate; for instance <c>img</c> gives <c>12.3 img/s</c>.</param>
    public ProgressLine(string label, long total, string unit = "img")
        : this(label, total, unit, Console.Error, TerminalStyle.OfStandardError(), TimeProvider.System)
    {
    }

    /// <summary>Starts a line on any writer; the clock decides when it is drawn again and what the rate is.</summary>
    public ProgressLine(string label, long total, string unit, TextWriter writer, TerminalStyle style, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        (_label, _total, _unit, _clock) = (label, total, unit, clock);
        _line = new StatusLine(writer, style, clock);
        _started = clock.GetTimestamp();
    }

    /// <summary>Number of items done so far.</summary>
    public long Done
    {
        get
        {
            lock (_lock)
                return _done;
        }
    }

    /// <summary>Counts items as done.</summary>
    /// <param name="items">How many; 1 or more.</param>
    /// <param name="detail">A short text for the end of the line, for instance <c>loss 0.0312</c>; null keeps the last one.</param>
    public void Advance(long items = 1, string? detail = null)
    {
        lock (_lock)
        {
            _done += items;
            _detail = detail ?? _detail;
            _line.Show(_ => Text(), atOnce: _total > 0 && _done >= _total);
        }
    }

    /// <summary>Writes a line of output without garbling the progress line: takes it away, writes, draws it again.</summary>
    /// <param name="output">Where the line goes, usually stdout.</param>
    /// <param name="line">The text.</param>
    public void WriteLine(TextWriter output, string line)
    {
        // in this order everywhere: first this lock, then the line's
        lock (_lock)
            _line.WriteLine(output, line);
    }

    /// <summary>Takes the line away; what follows starts at the beginning of an empty line.</summary>
    public void Dispose()
    {
        lock (_lock)
            _line.Dispose();
    }

    private string Text()
    {
        double seconds = _clock.GetElapsedTime(_started).TotalSeconds;
        double rate = seconds > 0 ? _done / seconds : 0;
        string text = _total > 0 ? $"{_label}  {_done}/{_total}  {100 * _done / _total} %" : $"{_label}  {_done}";
        if (rate > 0)
            text += $"  {HumanText.Rate(rate)} {_unit}/s";
        if (rate > 0 && _total > _done)
            text += $"  {HumanText.Duration(TimeSpan.FromSeconds((_total - _done) / rate))} left";
        return _detail.Length > 0 ? $"{text}  {_detail}" : text;
    }
}
