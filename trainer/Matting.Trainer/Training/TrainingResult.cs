namespace Matting.Trainer.Training;

/// <summary>How a run ended.</summary>
public sealed record TrainingResult
{
    /// <summary>Where its files are.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Epochs that were finished.</summary>
    public required int Epochs { get; init; }

    /// <summary>Epochs of the recipe.</summary>
    public required int PlannedEpochs { get; init; }

    /// <summary>True when it was told to stop before its last epoch was over.</summary>
    public bool Interrupted => Epochs < PlannedEpochs;

    /// <summary>True when there was nothing left to do.</summary>
    public bool WasFinished { get; init; }

    /// <summary>The epoch with the lowest validation MSE; its weights are in <see cref="RunFolder.BestPath"/>. Null when no epoch was finished.</summary>
    public required EpochReport? Best { get; init; }

    /// <summary>
    /// The epoch in which the averaged weights had their lowest validation MSE; they are in <see cref="RunFolder.BestEmaPath"/>. Null
    /// when there is no average, or no epoch was finished.
    /// </summary>
    public EpochReport? BestEma { get; init; }

    /// <summary>The most memory the process ever held, in bytes; null where the system does not tell.</summary>
    public required long? PeakMemoryBytes { get; init; }
}
