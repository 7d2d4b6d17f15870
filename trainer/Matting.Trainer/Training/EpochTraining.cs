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

    private bool _noticed;

    /// <summary>Trains on the batches that are left of the epoch.</summary>
    /// <param name="progress">Where the run is; moves on with each step.</param>
    /// <param name="stop">Ends it between two batches.</param>
    /// <exception cref="TrainingException">A sample cannot be read, or the loss is not finite.</exception>
    public void Run(RunProgress progress, CancellationToken stop)
    {
        EpochSums sums = progress.Sums;
        (TimeSpan time, TimeSpan waited) = (sums.Time - Now(), sums.Waited - data.Train.Waited);
        StepResult result = default;
        foreach (Batch batch in data.Train.Epoch(SampleOrder.Shuffled(data.Train.SampleCount, seed, progress.Epoch), progress.Epoch, stop))
        {
            if (sums.Batches == 0)
                observer.EpochBegins(progress.Epoch, batch);
            if (data.Plan.Begins(sums.Batches))
            {
                result = default;
                model.Step.Begin();
            }
            double lr = model.Schedule.Lr;
            try
            {
                long number = ++progress.Batches;
                result = result.With(TrainingMemory.Watch(batch.Count, batch.Size, LessMemory, () => Add(batch, number, data.Plan.Share(sums.Batches))));
                if (!data.Plan.Ends(sums.Batches++))
                    continue;
                Move(lr);
            }
            catch (TrainingException e)
            {
                throw new TrainingException($"epoch {progress.Epoch} step {sums.Steps + 1}: {e.Message}", e);
            }
            progress.Steps++;
            sums.Add(result);
            (sums.Time, sums.Waited) = (time + Now(), waited + data.Train.Waited);
            Tell(progress, result, lr);
        }
    }

    private StepResult Add(Batch batch, long number, double share)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        BatchTensors tensors = BatchTensors.Of(batch, device);
        return model.Step.Add(tensors.Images, tensors.Alphas, number, share);
    }

    private void Move(double lr)
    {
        model.Optimiser.Lr = lr;
        if (model.Step.Move())
            model.Average?.Update();
        model.Schedule.StepDone();
    }

    private void Tell(RunProgress progress, StepResult result, double lr)
    {
        if (!_noticed && data.Samples.Notice is { } notice)
        {
            observer.Noticed(notice);
            _noticed = true;
        }
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
