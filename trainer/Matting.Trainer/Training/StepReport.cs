namespace Matting.Trainer.Training;

/// <summary>A training step that was taken, and how far the epoch is with it.</summary>
public sealed record StepReport
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The step of the epoch, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The step of the run, from 1.</summary>
    public required long RunStep { get; init; }

    /// <summary>What came out of it.</summary>
    public required StepResult Result { get; init; }

    /// <summary>The learning rate it was taken with.</summary>
    public required double Lr { get; init; }

    /// <summary>Training samples of the epoch so far.</summary>
    public required long EpochSamples { get; init; }

    /// <summary>Mean loss per training sample of the epoch so far.</summary>
    public required double EpochLoss { get; init; }

    /// <summary>Mean MSE per training sample of the epoch so far.</summary>
    public required double EpochMse { get; init; }

    /// <summary>Time of the epoch so far.</summary>
    public required TimeSpan EpochTime { get; init; }

    /// <summary>How much of <see cref="EpochTime"/> was spent waiting for data.</summary>
    public required TimeSpan EpochWaited { get; init; }

    /// <summary>The share of <see cref="EpochTime"/> in which the network waited for data, 0 to 1.</summary>
    public double DataWaitShare => EpochTime > TimeSpan.Zero ? EpochWaited / EpochTime : 0;
}
