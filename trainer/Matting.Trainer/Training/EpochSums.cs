namespace Matting.Trainer.Training;

/// <summary>What the training part of an epoch has come to so far.</summary>
internal sealed class EpochSums
{
    /// <summary>Batches that went through the network.</summary>
    public int Batches { get; set; }

    /// <summary>Steps that were taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Samples of these steps.</summary>
    public long Samples { get; private set; }

    /// <summary>The losses of these samples added up.</summary>
    public double Loss { get; private set; }

    /// <summary>The MSE of these samples added up.</summary>
    public double Mse { get; private set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>How much of that was spent waiting for data.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>The share of the time that was spent waiting for data, 0 to 1.</summary>
    public double WaitShare => Time > TimeSpan.Zero ? Waited / Time : 0;

    /// <summary>Adds a step.</summary>
    public void Add(StepResult step)
    {
        Steps++;
        Samples += step.Samples;
        Loss += step.Loss * step.Samples;
        Mse += step.Mse * step.Samples;
    }
}
