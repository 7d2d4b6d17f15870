namespace Matting.CommandLine;

/// <summary>
/// One line of a terminal that is written over again and again, and taken away in the end. It is silent where nobody would see it
/// (<see cref="TerminalStyle"/>), and never as wide as the terminal. All members may be called from several threads.
/// </summary>
public sealed class StatusLine : IDisposable
{
    private const string EraseLine = "\r\u001b[K";
    private const string Dim = "\u001b[2m";
    private const string Plain = "\u001b[0m";
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly TerminalStyle _style;
    private readonly TimeProvider _clock;
    private Func<int, string> _text = _ => "";
    private long _drawn;
    private bool _visible;

    /// <summary>A line on stderr of this process.</summary>
    public StatusLine() : this(Console.Error, TerminalStyle.OfStandardError(), TimeProvider.System)
    {
    }

    /// <summary>A line on any writer; the clock decides when it is drawn again.</summary>
    public StatusLine(TextWriter writer, TerminalStyle style, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(clock);
        (_writer, _style, _clock) = (writer, style, clock);
    }

    /// <summary>Shows a text, unless the last one has only just been drawn.</summary>
    /// <param name="text">Makes the text for a number of columns; what is longer is cut off. Called when the text is drawn, also later.</param>
    /// <param name="atOnce">True draws it in any case.</param>
    public void Show(Func<int, string> text, bool atOnce = false)
    {
        lock (_lock)
        {
            _text = text;
            if (_style.Overwrites && (atOnce || !_visible || _clock.GetElapsedTime(_drawn) >= RedrawInterval))
                Draw();
        }
    }

    /// <summary>Writes a line of output without garbling the status line: takes it away, writes, draws it again.</summary>
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

    /// <summary>Takes the line away, until the next <see cref="Show"/>; what follows starts at the beginning of an empty line.</summary>
    public void Clear()
    {
        lock (_lock)
            Erase();
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose() => Clear();

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
        // one column stays free: a full last column wraps on many terminals
        int columns = _style.WidthNow() - 1;
        string text = _text(columns);
        if (text.Length > columns)
            text = text[..columns];
        _writer.Write(EraseLine + (_style.Colours ? Dim + text + Plain : text));
        _writer.Flush();
        _drawn = _clock.GetTimestamp();
        _visible = true;
    }
}
