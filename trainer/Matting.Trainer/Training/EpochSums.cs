using Matting.Shared.Weights.Pickle;

namespace Matting.Trainer.Training;

/// <summary>What the training part of an epoch has come to so far.</summary>
internal sealed class EpochSums
{
    private const string BatchesKey = "batches";
    private const string StepsKey = "steps";
    private const string SamplesKey = "samples";
    private const string UnreadableKey = "unreadable";
    private const string LossKey = "loss";
    private const string MseKey = "mse";

    /// <summary>Batches of the steps that were taken.</summary>
    public int Batches { get; private set; }

    /// <summary>Steps that were taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Samples of these steps.</summary>
    public long Samples { get; private set; }

    /// <summary>How many of these samples stand in for unreadable ones.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The losses of these samples added up.</summary>
    public double Loss { get; private set; }

    /// <summary>The MSE of these samples added up.</summary>
    public double Mse { get; private set; }

    /// <summary>How long it took; not part of a saved state.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>How much of that was spent waiting for data; not part of a saved state.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>The share of the time that was spent waiting for data, 0 to 1.</summary>
    public double WaitShare => Time > TimeSpan.Zero ? Waited / Time : 0;

    /// <summary>Reads what <see cref="Save"/> gave.</summary>
    public static EpochSums Read(SavedValues saved) => new()
    {
        Batches = saved.SmallCount(BatchesKey),
        Steps = saved.SmallCount(StepsKey),
        Samples = saved.Count(SamplesKey),
        Unreadable = saved.Count(UnreadableKey),
        Loss = saved.Number(LossKey),
        Mse = saved.Number(MseKey),
    };

    /// <summary>Adds a step.</summary>
    public void Add(StepResult step, int batches, int unreadable)
    {
        Steps++;
        Batches += batches;
        Unreadable += unreadable;
        Samples += step.Samples;
        Loss += step.Loss * step.Samples;
        Mse += step.Mse * step.Samples;
    }

    /// <summary>For a saved state.</summary>
    public PickleDict Save() => new()
    {
        { BatchesKey, Batches },
        { StepsKey, Steps },
        { SamplesKey, Samples },
        { UnreadableKey, Unreadable },
        { LossKey, Loss },
        { MseKey, Mse },
    };
}
