using System.Globalization;
using Matting.CommandLine;
using Matting.Trainer.Training;

namespace Matting.Trainer.Cli;

/// <summary>Shows a run: what it is, how far it is (on stderr), a line for each epoch (on stdout).</summary>
internal sealed class TrainingConsole(TextWriter output) : ITrainingObserver, IDisposable
{
    private RunOverview? _run;
    private ProgressLine? _progress;
    private ProgressLine? _validation;

    public void Starting(RunOverview run)
    {
        _run = run;
        output.WriteLine($"run        {run.Folder.Folder}");
        output.WriteLine($"network    {run.Network}, {HumanText.Count(run.Parameters)} parameters, init {run.Init}");
        output.WriteLine($"data       {HumanText.Count(run.TrainSamples)} training and {HumanText.Count(run.ValSamples)} validation samples, "
            + $"{HumanText.Count(run.StepsPerEpoch)} steps an epoch, {HumanText.Count(run.Epochs)} epochs");
        output.WriteLine($"device     {run.Device}, {run.Threads} threads, {run.Engine}");
        output.WriteLine($"memory     {run.Allocator}");
        // one line for the whole run: its rest is what people want to know
        _progress = new ProgressLine("train", (long)run.TrainSamples * run.Epochs);
    }

    public void Noticed(string message) => _progress!.WriteLine(output, $"note       {message}");

    public void StepTaken(StepReport step) => _progress!.Advance(step.Result.Samples, string.Create(CultureInfo.InvariantCulture,
        $"epoch {step.Epoch}/{_run!.Epochs}  step {step.Step}/{_run.StepsPerEpoch}  loss {step.EpochLoss:0.0000}"));

    public void Validated(int epoch, int samples)
    {
        _validation ??= new ProgressLine($"validate epoch {epoch}/{_run!.Epochs}", (long)_run.ValSamples * _run.Validations);
        _validation.Advance(samples);
    }

    public void EpochDone(EpochReport epoch)
    {
        _validation?.Dispose();
        _validation = null;
        foreach (string line in epoch.Lines())
            _progress!.WriteLine(output, line);
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
            output.WriteLine($"stopped after {result.Epochs} of {_run!.Epochs} epochs");
        output.WriteLine($"best       {best}");
        if (average is not null)
            output.WriteLine($"average    {average}");
        if (result.PeakMemoryBytes is long peak)
            output.WriteLine($"peak       {HumanText.Bytes(peak)} of memory");
    }

    public void Dispose()
    {
        _validation?.Dispose();
        _progress?.Dispose();
    }
}
