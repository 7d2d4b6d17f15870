using Matting.CommandLine;
using Matting.Trainer.Training;
using Matting.Trainer.Training.Resuming;

namespace Matting.Trainer.Cli;

/// <summary>
/// Asks on a terminal what Ctrl-C is meant to do: go on, save and go on, or stop. The run waits for the answer between two steps. A second
/// Ctrl-C, at the question or before it comes, stops.
/// </summary>
/// <param name="input">Takes the answer.</param>
/// <param name="output">Gets the question.</param>
/// <param name="save">Is asked to save.</param>
/// <param name="stop">Stops the run.</param>
internal sealed class InterruptPrompt(TextReader input, TextWriter output, SaveRequest save, CancellationTokenSource stop) : ITrainingObserver
{
    // takes the line away that says how far the run is; it is drawn again by itself
    private const string EraseLine = "\r\u001b[K";

    private int _pressed;
    private bool _tellSaved;

    private enum Answer
    {
        None,
        Continue,
        Save,
        Stop,
    }

    /// <summary>A prompt on the terminal of this process; null where nobody would see or answer it.</summary>
    public static InterruptPrompt? OnTerminal(SaveRequest save, CancellationTokenSource stop) =>
        Console.IsInputRedirected || Console.IsErrorRedirected || TerminalStyle.OfStandardError() == TerminalStyle.Silent
            ? null
            // the console's own reader would change how the terminal is set
            : new InterruptPrompt(new StreamReader(Console.OpenStandardInput()), Console.Error, save, stop);

    /// <summary>Ctrl-C was pressed; any thread may tell.</summary>
    /// <returns>True: the question will be asked. False: it has been pressed again, the run must stop.</returns>
    public bool Take() => Interlocked.Exchange(ref _pressed, 1) == 0;

    /// <inheritdoc/>
    public void StepTaken(StepReport step) => AskIfPressed();

    /// <inheritdoc/>
    public void Validated(int epoch, int samples) => AskIfPressed();

    /// <inheritdoc/>
    public void StateSaved(string path)
    {
        if (_tellSaved)
            output.WriteLine($"saved {path}");
        _tellSaved = false;
    }

    private void AskIfPressed()
    {
        if (Volatile.Read(ref _pressed) == 0 || stop.IsCancellationRequested)
            return;
        Answer answer = Ask();
        if (answer == Answer.Save)
        {
            _tellSaved = true;
            save.Ask();
        }
        if (answer == Answer.Stop)
            stop.Cancel();
        Volatile.Write(ref _pressed, 0);
    }

    private Answer Ask()
    {
        output.Write(EraseLine);
        while (true)
        {
            output.Write("Ctrl-C: [c]ontinue, [s]ave and continue, s[t]op? ");
            output.Flush();
            Answer answer = Read();
            if (answer != Answer.None)
                return answer;
        }
    }

    private Answer Read()
    {
        // the reader cannot be called back; it waits on a thread that does not keep the process alive
        Task<string?> reading = Task.Run(input.ReadLine);
        try
        {
            reading.Wait(stop.Token);
        }
        catch (OperationCanceledException)
        {
            output.WriteLine();
            return Answer.Stop;
        }
        return reading.Result?.Trim().ToUpperInvariant() switch
        {
            "C" or "CONTINUE" or "" => Answer.Continue,
            "S" or "SAVE" => Answer.Save,
            "T" or "STOP" or "Q" or "QUIT" => Answer.Stop,
            // the terminal is gone
            null => Answer.Stop,
            _ => Answer.None,
        };
    }
}
