namespace Matting.CommandLine;

/// <summary>
/// One line on stderr that says how far the work is: label, done of total, rate, time left. It
/// writes over itself, disappears when disposed, and is silent where nobody would see it
/// (<see cref="TerminalStyle"/>). All members may be called from several threads.
/// </summary>
public sealed class ProgressLine : IDisposable
{
    private const string EraseLine = "\r\u001b[K";
    private const string Dim = "\u001b[2m";
    private const string Plain = "\u001b[0m";
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly string _label;
    private readonly long _total;
    private readonly string _unit;
    private readonly TextWriter _writer;
    private readonly TerminalStyle _style;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private long _done;
    private string _detail = "";
    private long _drawn;
    private bool _visible;

    /// <summary>Starts a line on stderr of this process.</summary>
    /// <param name="label">What is going on, for instance <c>synth</c> or <c>epoch 3/12</c>.</param>
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
        (_label, _total, _unit, _writer, _style, _clock) = (label, total, unit, writer, style, clock);
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
            bool finished = _total > 0 && _done >= _total;
            if (!_style.Overwrites || (_visible && !finished && _clock.GetElapsedTime(_drawn) < RedrawInterval))
                return;
            Draw();
        }
    }

    /// <summary>Writes a line of output without garbling the progress line: takes it away, writes, draws it again.</summary>
    /// <param name="output">Where the line goes, usually stdout.</param>
    /// <param name="line">The text.</param>
    public void WriteLine(TextWriter output, string line)
    {
        ArgumentNullException.ThrowIfNull(output);
        lock (_lock)
        {
            bool wasVisible = _visible;
            Erase();
            output.WriteLine(line);
            output.Flush();
            if (wasVisible)
                Draw();
        }
    }

    /// <summary>Takes the line away; what follows starts at the beginning of an empty line.</summary>
    public void Dispose()
    {
        lock (_lock)
            Erase();
    }

    private void Erase()
    {
        if (!_visible)
            return;
        _writer.Write(EraseLine);
        _writer.Flush();
        _visible = false;
    }

    private void Draw()
    {
        string text = Text();
        // one column stays free: a full last column wraps on many terminals
        if (text.Length > _style.Width - 1)
            text = text[..(_style.Width - 1)];
        _writer.Write(EraseLine + (_style.Colours ? Dim + text + Plain : text));
        _writer.Flush();
        _drawn = _clock.GetTimestamp();
        _visible = true;
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
