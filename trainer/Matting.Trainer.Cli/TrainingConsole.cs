using System.Globalization;
using Matting.CommandLine;
using Matting.Trainer.Training;

namespace Matting.Trainer.Cli;

/// <summary>Shows a run: what it is, how far it is (on stderr), a line for each epoch (on stdout).</summary>
/// <param name="output">Takes the lines.</param>
/// <param name="status">The line that says how far it is.</param>
/// <param name="clock">Measures the validations.</param>
internal sealed class TrainingConsole(TextWriter output, StatusLine status, TimeProvider clock) : ITrainingObserver, IDisposable
{
    private RunOverview? _run;
    private RemainingTime? _left;

    /// <summary>Shows a run on the console of this process.</summary>
    /// <param name="output">Takes the lines.</param>
    public TrainingConsole(TextWriter output) : this(output, new StatusLine(), TimeProvider.System)
    {
    }

    public void Starting(RunOverview run)
    {
        (_run, _left) = (run, new RemainingTime(run, clock));
        output.WriteLine($"run        {run.Folder.Folder}");
        output.WriteLine($"network    {run.Network}, {HumanText.Count(run.Parameters)} parameters, init {run.Init}");
        output.WriteLine($"data       {HumanText.Count(run.TrainSamples)} training and {HumanText.Count(run.ValSamples)} validation samples, "
            + $"{HumanText.Count(run.StepsPerEpoch, "step")} an epoch, {HumanText.Count(run.Epochs, "epoch")}");
        output.WriteLine($"device     {run.Device}, {HumanText.Count(run.Threads, "thread")}, {run.Compute}, {run.Engine}");
        output.WriteLine($"memory     {run.Allocator}");
        status.Show(_ => TrainingProgress.Begin, atOnce: true);
    }

    public void Noticed(string message) => status.WriteLine(output, $"note       {message}");

    public void StepTaken(StepReport step)
    {
        _left!.Add(step);
        if (step.Step == _run!.StepsPerEpoch)
            status.Show(columns => TrainingProgress.Of(_run, step.Epoch, _left, columns), atOnce: true);
        else
            status.Show(columns => TrainingProgress.Of(_run, step, _left, columns));
    }

    public void Validated(int epoch, int samples)
    {
        _left!.Add(epoch, samples);
        status.Show(columns => TrainingProgress.Of(_run!, epoch, _left, columns));
    }

    public void EpochDone(EpochReport epoch)
    {
        foreach (string line in epoch.Lines())
            status.WriteLine(output, line);
    }

    /// <summary>Says how the run ended and where its result is.</summary>
    public void Finish(TrainingResult result)
    {
        Dispose();
        string best = result.Best is { } epoch
            ? string.Create(CultureInfo.InvariantCulture, $"{result.Folder.BestPath} (epoch {epoch.Epoch}, val_mse={epoch.ValMse:F6})")
            : "none, no epoch was finished";
        string? average = result.BestEma is { EmaValMse: double mse } ema
            ? string.Create(CultureInfo.InvariantCulture, $"{result.Folder.BestEmaPath} (epoch {ema.Epoch}, ema_val_mse={mse:F6})")
            : null;
        if (result.Interrupted)
            output.WriteLine($"stopped    after {result.Epochs} of {HumanText.Count(result.PlannedEpochs, "epoch")}");
        if (result.WasFinished)
            output.WriteLine($"finished   already, with {HumanText.Count(result.Epochs, "epoch")}; --set epochs=N trains longer");
        output.WriteLine($"best       {best}");
        if (average is not null)
            output.WriteLine($"average    {average}");
        if (result.PeakMemoryBytes is long peak)
            output.WriteLine($"peak       {HumanText.Bytes(peak)} of memory");
    }

    public void Dispose() => status.Dispose();
}
