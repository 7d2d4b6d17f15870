using Matting.Trainer.Torch;

namespace Matting.Trainer.Training;

/// <summary>What follows the training part of an epoch: validation, the schedule's turn, best checkpoints.</summary>
/// <param name="data">The validation samples.</param>
/// <param name="model">What is judged.</param>
/// <param name="folder">Where checkpoints go.</param>
/// <param name="observer">Is told how far the validation is.</param>
internal sealed class EpochJudgement(RunData data, RunModel model, RunFolder folder, ITrainingObserver observer)
{
    /// <summary>Judges the weights as they are now.</summary>
    /// <param name="progress">The epoch whose training part is over.</param>
    /// <param name="stop">Ends it between two batches.</param>
    /// <exception cref="TrainingException">A sample cannot be read, or the MSE is not finite.</exception>
    public EpochReport Run(RunProgress progress, CancellationToken stop)
    {
        int wanted = observer.JudgedWanted(progress.Epoch);
        double valMse = Judge(model.Network, progress.Epoch, wanted, stop);
        double? emaMse = model.Averaged is null ? null : Judge(model.Averaged, progress.Epoch, 0, stop);
        model.Schedule.EpochDone(valMse);

        bool better = progress.Best is null || valMse < progress.Best.ValMse;
        if (better)
            BestCheckpoint.Save(folder.BestPath, model.Parameters);
        bool betterEma = emaMse is double mse && (progress.BestEma is null || mse < progress.BestEma.EmaValMse);
        if (betterEma)
            BestCheckpoint.Save(folder.BestEmaPath, model.Average!.Parameters);

        EpochSums sums = progress.Sums;
        return new EpochReport
        {
            Epoch = progress.Epoch,
            Step = progress.Steps,
            TrainLoss = sums.Loss / sums.Samples,
            TrainMse = sums.Mse / sums.Samples,
            ValMse = valMse,
            Lr = model.Schedule.Lr,
            TrainTime = sums.Time,
            SamplesPerSecond = sums.Samples / sums.Time.TotalSeconds,
            DataWaitShare = sums.WaitShare,
            PeakMemoryBytes = NativeMemory.PeakBytes(),
            SavedBest = better ? folder.BestPath : null,
            Unreadable = sums.Unreadable,
            EmaValMse = emaMse,
            SavedBestEma = betterEma ? folder.BestEmaPath : null,
        };
    }

    private double Judge(TorchNetwork network, int epoch, int wanted, CancellationToken stop) => TrainingMemory.Watch(
        data.Val.BatchSize, data.Val.Size, "a smaller validation.batch or validation.size needs less", () => Validation.Mse(
            network, data.Val, wanted, sample => observer.Judged(epoch, sample), samples => observer.Validated(epoch, samples), stop));
}
