namespace Matting.Trainer.Reports.Logs;

/// <summary>A row of a run's <c>log.csv</c>; null is what the log does not tell.</summary>
internal sealed record LoggedEpoch
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss per training sample.</summary>
    public double? TrainLoss { get; init; }

    /// <summary>Mean MSE per training sample.</summary>
    public double? TrainMse { get; init; }

    /// <summary>Mean MSE per validation sample.</summary>
    public double? ValMse { get; init; }

    /// <summary>The same of the averaged weights.</summary>
    public double? EmaValMse { get; init; }

    /// <summary>The learning rate after the epoch.</summary>
    public double? Lr { get; init; }

    /// <summary>Time of the training part, in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>Training samples a second.</summary>
    public double? SamplesPerSecond { get; init; }

    /// <summary>Share of the time that was spent waiting for data, 0 to 1.</summary>
    public double? DataWaitShare { get; init; }

    /// <summary>The most memory the process held until then.</summary>
    public double? PeakMemoryMib { get; init; }

    /// <summary>The best checkpoint that the epoch wrote.</summary>
    public string? Saved { get; init; }
}
