using System.CommandLine;
using System.Diagnostics;
using Matting.CommandLine;

namespace Matting.Runtime.Cli.Batches;

/// <summary>Follows a batch: progress, one error line for each picture that fails, a summary, the exit code.</summary>
internal sealed class BatchReport(string command, int total, TextWriter output, TextWriter error) : IDisposable
{
    private readonly ProgressLine _progress = new(command, total);
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _done;
    private int _failed;

    /// <summary>Number of pictures of the batch whose results an earlier run has made: where all others fail, only a part has.</summary>
    public int DoneBefore { get; init; }

    /// <summary>Number of pictures that failed so far.</summary>
    public int Failed => _failed;

    /// <summary>Counts an outcome and reports its failure, if any.</summary>
    /// <returns>True when the picture succeeded.</returns>
    public bool Take<T>(PictureOutcome<T> outcome)
    {
        if (outcome.Failure is { } failure)
        {
            _failed++;
            string message = failure.Message.Contains(outcome.File, StringComparison.Ordinal) ? failure.Message : $"{outcome.File}: {failure.Message}";
            _progress.WriteLine(error, $"{RootCommand.ExecutableName}: error: {message}");
        }
        else
        {
            _done++;
        }
        _progress.Advance(1, outcome.File);
        return outcome.Failure is null;
    }

    /// <summary>Writes a line of output.</summary>
    public void WriteLine(string line) => _progress.WriteLine(output, line);

    /// <summary>Writes the summary to stderr.</summary>
    /// <param name="firstRun">What the network's first run took, with all that it sets up; null when there was none.</param>
    /// <returns>The exit code of the batch.</returns>
    public int Finish(TimeSpan? firstRun)
    {
        _progress.Dispose();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        string first = firstRun is { } time ? $", first run {HumanText.Latency(time)}" : "";
        string failed = _failed > 0 ? $", {_failed} failed" : "";
        error.WriteLine($"{_done} {(_done == 1 ? "picture" : "pictures")} in {HumanText.Duration(elapsed)} ({HumanText.Rate(_done / elapsed.TotalSeconds)} a second{first}){failed}");
        return _failed == 0 ? ExitCodes.Done : _done + DoneBefore > 0 ? ExitCodes.PartFailed : ExitCodes.Failed;
    }

    public void Dispose() => _progress.Dispose();
}
