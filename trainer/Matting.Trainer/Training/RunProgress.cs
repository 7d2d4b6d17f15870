namespace Matting.Trainer.Training;

/// <summary>How far a run is, and what came out of it so far.</summary>
internal sealed class RunProgress
{
    /// <summary>The epoch that is under way or comes next, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Steps taken since the start of the run.</summary>
    public long Steps { get; set; }

    /// <summary>Batches that went through the network since the start of the run.</summary>
    public long Batches { get; set; }

    /// <summary>What the epoch has come to so far.</summary>
    public EpochSums Sums { get; set; } = new();

    /// <summary>The epoch with the lowest validation MSE; null when none is over.</summary>
    public EpochReport? Best { get; set; }

    /// <summary>The epoch in which the averaged weights had their lowest validation MSE.</summary>
    public EpochReport? BestEma { get; set; }

    /// <summary>Epochs that are over.</summary>
    public int EpochsDone => Epoch - 1;

    /// <summary>Closes the epoch; the next one comes.</summary>
    public void Finish(EpochReport epoch)
    {
        if (epoch.SavedBest is not null)
            Best = epoch;
        if (epoch.SavedBestEma is not null)
            BestEma = epoch;
        Epoch++;
        Sums = new EpochSums();
    }
}
