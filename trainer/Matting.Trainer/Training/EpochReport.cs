using System.Globalization;

namespace Matting.Trainer.Training;

/// <summary>What came out of an epoch.</summary>
public sealed record EpochReport
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Training steps since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>Mean loss per training sample, of the weights as they were at each step.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Mean MSE per training sample, of the weights as they were at each step.</summary>
    public required double TrainMse { get; init; }

    /// <summary>Mean MSE per validation sample, of the weights at the end of the epoch.</summary>
    public required double ValMse { get; init; }

    /// <summary>The learning rate after the epoch.</summary>
    public required double Lr { get; init; }

    /// <summary>Time of the training part of the epoch.</summary>
    public required TimeSpan TrainTime { get; init; }

    /// <summary>Training samples a second.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Share of the training time in which the network waited for data, 0 to 1.</summary>
    public required double DataWaitShare { get; init; }

    /// <summary>The most memory the process ever held, in bytes; null where the system does not tell.</summary>
    public required long? PeakMemoryBytes { get; init; }

    /// <summary>The best checkpoint that this epoch wrote; null when an earlier epoch was better.</summary>
    public required string? SavedBest { get; init; }

    /// <summary>Mean MSE per validation sample of the averaged weights; null when there is no average.</summary>
    public double? EmaValMse { get; init; }

    /// <summary>The best averaged checkpoint that this epoch wrote; null when an earlier one was better, or there is no average.</summary>
    public string? SavedBestEma { get; init; }

    /// <summary>The line of the epoch, and those of its checkpoints.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Epoch {Epoch}: train_mse={TrainMse:F6} val_mse={ValMse:F6} lr={Lr:0.00e+00}")
            + (EmaValMse is double ema ? string.Create(CultureInfo.InvariantCulture, $" ema_val_mse={ema:F6}") : "");
        if (SavedBest is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $" -> saved best model: {Path.GetFileName(SavedBest)} (val_mse={ValMse:F6})");
        if (SavedBestEma is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $" -> saved best average: {Path.GetFileName(SavedBestEma)} (ema_val_mse={EmaValMse:F6})");
    }
}
