using System.Diagnostics;
using Matting.Trainer.Data;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>The training part of an epoch.</summary>
/// <param name="data">The batches.</param>
/// <param name="model">What is trained.</param>
/// <param name="device">Where it lives.</param>
/// <param name="seed">With the epoch it decides the order of the samples.</param>
/// <param name="observer">Is told of the first batch and of each step.</param>
internal sealed class EpochTraining(RunData data, RunModel model, torch.Device device, long seed, ITrainingObserver observer)
{
    private const string LessMemory = "a smaller batch (with accumulate, for steps as large) or a smaller augment.crop needs less";

    private readonly HashSet<string> _told = [];
    private bool _checked;

    /// <summary>Trains on the batches that are left of the epoch. However it ends, model and progress are between two steps.</summary>
    /// <param name="progress">Where the run is; moves on with each step.</param>
    /// <param name="stop">Ends it between two batches.</param>
    /// <exception cref="TrainingException">A sample cannot be read, or the loss is not finite.</exception>
    public void Run(RunProgress progress, CancellationToken stop)
    {
        EpochSums sums = progress.Sums;
        (TimeSpan time, TimeSpan waited) = (sums.Time - Now(), sums.Waited - data.Train.Waited);
        int[] order = SampleOrder.Shuffled(data.Train.SampleCount, seed, progress.Epoch);
        int number = sums.Batches;
        int unreadable = 0;
        bool stepIsOpen = false;
        StepResult result = default;
        try
        {
            foreach (Batch batch in data.Train.Epoch(order, progress.Epoch, number, stop))
            {
                Look(batch, number);
                if (number == 0)
                    observer.EpochBegins(progress.Epoch, batch);
                if (data.Plan.Begins(number))
                    (result, unreadable, stepIsOpen) = (Begin(), 0, true);
                long batchOfRun = progress.Batches + number - sums.Batches + 1;
                double share = data.Plan.Share(number);
                result = result.With(TrainingMemory.Watch(batch.Count, batch.Size, LessMemory, () => Add(batch, batchOfRun, share)));
                unreadable += batch.Unreadable.Count();
                if (!data.Plan.Ends(number++))
                    continue;
                double lr = Move();
                stepIsOpen = false;
                progress.Add(result, number - sums.Batches, unreadable);
                (sums.Time, sums.Waited) = (time + Now(), waited + data.Train.Waited);
                Tell(progress, result, lr);
            }
        }
        catch (TrainingException e)
        {
            throw new TrainingException($"epoch {progress.Epoch} step {sums.Steps + 1}: {e.Message}", e);
        }
        finally
        {
            if (stepIsOpen)
                model.StepStart.Restore();
        }
    }

    // before the first step of this process, and for each file that cannot be read
    private void Look(Batch batch, int number)
    {
        if (!_checked)
            Notice(new FirstBatchCheck(data.Profile, data.Samples.Size, data.Plan.Samples(number)).Check(batch));
        _checked = true;
        foreach (string unreadable in batch.Unreadable)
            Notice($"{unreadable}; another sample stands in for it");
    }

    private void Notice(string? message)
    {
        if (message is not null && _told.Add(message))
            observer.Noticed(message);
    }

    private StepResult Begin()
    {
        model.StepStart.Remember();
        model.Step.Begin();
        return default;
    }

    private StepResult Add(Batch batch, long number, double share)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        BatchTensors tensors = BatchTensors.Of(batch, device);
        return model.Step.Add(tensors.Images, tensors.Alphas, number, share);
    }

    private double Move()
    {
        double lr = model.Schedule.Lr;
        model.Optimiser.Lr = lr;
        if (model.Step.Move())
            model.Average?.Update();
        model.Schedule.StepDone();
        return lr;
    }

    private void Tell(RunProgress progress, StepResult result, double lr)
    {
        Notice(data.Samples.Notice);
        EpochSums sums = progress.Sums;
        observer.StepTaken(new StepReport
        {
            Epoch = progress.Epoch,
            Step = sums.Steps,
            RunStep = progress.Steps,
            Result = result,
            Lr = lr,
            EpochSamples = sums.Samples,
            EpochLoss = sums.Loss / sums.Samples,
            EpochMse = sums.Mse / sums.Samples,
            EpochTime = sums.Time,
            EpochWaited = sums.Waited,
        });
    }

    private static TimeSpan Now() => Stopwatch.GetElapsedTime(0);
}
