using System.Diagnostics;
using System.Globalization;

namespace Matting.Fuzz.Running;

/// <summary>A child that works on a part, and what is known of it while it does.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int LongestError = 2000;

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<FuzzFinding> _findings = [];
    private readonly Queue<string> _errors = [];
    private readonly Task _reading;

    public ChildProcess(FuzzPart part)
    {
        Part = part;
        Index = part.From - 1;
        ProcessStartInfo start = new(Path.ChangeExtension(typeof(ChildProcess).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["--child", part.Target, "--seed", Text(part.Seed), "--index", Text(part.From), "--inputs", Text(part.Count)])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(Task.Run(ReadOutput), Task.Run(ReadErrors));
    }

    public FuzzPart Part { get; }

    public int Id => _process.Id;

    /// <summary>The input it tries at the moment, or tried last; one less than the first while it starts.</summary>
    public long Index { get; private set; }

    /// <summary>True when it tried all inputs.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Inputs that were taken for good ones.</summary>
    public long Read { get; private set; }

    /// <summary>What it found itself.</summary>
    public IReadOnlyList<FuzzFinding> Findings
    {
        get
        {
            lock (_lock)
                return [.. _findings];
        }
    }

    /// <summary>Processor time so far; null when it has ended.</summary>
    public TimeSpan? ProcessorTime
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.HasExited ? null : _process.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                // ended between the two questions
                return null;
            }
        }
    }

    /// <summary>Waits for its end and that of what it writes.</summary>
    /// <returns>False when the time is over.</returns>
    public bool Wait(TimeSpan time) => _process.WaitForExit(time) && _reading.Wait(Timeout.InfiniteTimeSpan);

    public void Kill() => _process.Kill();

    /// <summary>How it ended, with the last words on stderr.</summary>
    public string Ending()
    {
        lock (_lock)
            return $"exit code {_process.ExitCode}. {string.Join(" ", _errors)}".Trim();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _reading.Wait();
        _process.Dispose();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void ReadOutput()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            lock (_lock)
            {
                if (long.TryParse(line, NumberStyles.Integer, CultureInfo.InvariantCulture, out long index))
                    Index = index;
                else if (line == ChildRun.Read)
                    Read++;
                else if (line == ChildRun.Done)
                    IsDone = true;
                else if (line.StartsWith(ChildRun.FindingMark) && line.IndexOf(':', StringComparison.Ordinal) is > 1 and int colon)
                    _findings.Add(new FuzzFinding(Part.Target, Part.Seed, Index, line[1..colon], line[(colon + 1)..]));
            }
        }
    }

    private void ReadErrors()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            lock (_lock)
            {
                _errors.Enqueue(line.Trim());
                while (_errors.Sum(kept => kept.Length) > LongestError)
                    _errors.Dequeue();
            }
        }
    }
}
