using Matting.CommandLine;
using Matting.Trainer.Training;
using Matting.Trainer.Training.Resuming;

namespace Matting.Trainer.Cli;

/// <summary>A run on the command line: shown, interrupted, and told how to go on with.</summary>
/// <param name="output">Takes what the run says.</param>
/// <param name="error">Takes how to go on.</param>
/// <param name="interruption">Lets the session ask what Ctrl-C means; null: it stops.</param>
/// <param name="cancellation">Stops the run.</param>
internal sealed class TrainSession(TextWriter output, TextWriter error, Interruption? interruption, CancellationToken cancellation)
    : ITrainingObserver, IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private readonly SaveRequest _save = new();
    private RunFolder? _folder;

    /// <summary>Begins a run or goes on with one.</summary>
    internal delegate TrainingResult Training(ITrainingObserver observer, SaveRequest save, CancellationToken stop);

    /// <inheritdoc/>
    public void Starting(RunOverview run) => _folder = run.Folder;

    /// <summary>Trains to the end, or until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public int Run(Training train)
    {
        using TrainingConsole console = new(output);
        InterruptPrompt? prompt = interruption is null ? null : InterruptPrompt.OnTerminal(_save, _stop);
        using IDisposable? interception = prompt is null ? null : interruption!.Intercept(prompt.Take);
        TrainingResult result;
        try
        {
            result = train(new TrainingObservers([this, console, .. prompt is null ? [] : new[] { prompt }]), _save, _stop.Token);
        }
        catch (Exception e) when (_folder is not null && (e is TrainingException or IOException or UnauthorizedAccessException))
        {
            throw new UserErrorException($"{e.Message} (the state is kept; once the cause is gone: {ResumeHint.Of(_folder!)})", inner: e);
        }
        console.Finish(result);
        if (!result.Interrupted)
            return ExitCodes.Done;
        error.WriteLine($"matting-train: interrupted; to go on: {ResumeHint.Of(result.Folder)}");
        return ExitCodes.Interrupted;
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
