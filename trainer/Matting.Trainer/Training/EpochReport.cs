using System.Globalization;
using Matting.Shared.Weights.Pickle;

namespace Matting.Trainer.Training;

/// <summary>What came out of an epoch.</summary>
public sealed record EpochReport
{
    private const string EpochKey = "epoch";
    private const string StepKey = "step";
    private const string TrainLossKey = "train_loss";
    private const string TrainMseKey = "train_mse";
    private const string ValMseKey = "val_mse";
    private const string LrKey = "lr";
    private const string EmaValMseKey = "ema_val_mse";
    private const string UnreadableKey = "unreadable";
    private const string SavedKey = "saved";
    private const string SavedEmaKey = "saved_ema";

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

    /// <summary>Time of the training part of the epoch; zero, like all that depends on it, for an epoch from before a resumption.</summary>
    public required TimeSpan TrainTime { get; init; }

    /// <summary>Training samples a second.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Share of the training time in which the network waited for data, 0 to 1.</summary>
    public required double DataWaitShare { get; init; }

    /// <summary>The most memory the process ever held, in bytes; null where the system does not tell.</summary>
    public required long? PeakMemoryBytes { get; init; }

    /// <summary>The best checkpoint that this epoch wrote; null when an earlier epoch was better.</summary>
    public required string? SavedBest { get; init; }

    /// <summary>Training samples that other ones stood in for, because they could not be read.</summary>
    public long Unreadable { get; init; }

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

    /// <summary>Reads what <see cref="Save"/> gave.</summary>
    internal static EpochReport Read(SavedValues saved, RunFolder folder) => new()
    {
        Epoch = saved.SmallCount(EpochKey),
        Step = saved.Count(StepKey),
        TrainLoss = saved.Number(TrainLossKey),
        TrainMse = saved.Number(TrainMseKey),
        ValMse = saved.Number(ValMseKey),
        Lr = saved.Number(LrKey),
        EmaValMse = saved.OptionalNumber(EmaValMseKey),
        Unreadable = saved.Count(UnreadableKey),
        SavedBest = saved.Flag(SavedKey) ? folder.BestPath : null,
        SavedBestEma = saved.Flag(SavedEmaKey) ? folder.BestEmaPath : null,
        TrainTime = TimeSpan.Zero,
        SamplesPerSecond = 0,
        DataWaitShare = 0,
        PeakMemoryBytes = null,
    };

    /// <summary>For a saved state: all but times and paths.</summary>
    internal PickleDict Save() => new()
    {
        { EpochKey, Epoch },
        { StepKey, Step },
        { TrainLossKey, TrainLoss },
        { TrainMseKey, TrainMse },
        { ValMseKey, ValMse },
        { LrKey, Lr },
        { EmaValMseKey, EmaValMse is double ema ? ema : PickleValue.None },
        { UnreadableKey, Unreadable },
        { SavedKey, SavedBest is not null },
        { SavedEmaKey, SavedBestEma is not null },
    };
}
