using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;

namespace Matting.Trainer.Training;

/// <summary>How far a run is, always between two steps, and what came out of it so far.</summary>
internal sealed class RunProgress
{
    private const string EpochKey = "epoch";
    private const string StepsKey = "steps";
    private const string BatchesKey = "batches";
    private const string SumsKey = "epoch_so_far";
    private const string HistoryKey = "epochs";

    private readonly List<EpochReport> _history = [];

    /// <summary>The epoch that is under way or comes next, from 1.</summary>
    public int Epoch { get; private set; } = 1;

    /// <summary>Steps taken since the start of the run.</summary>
    public long Steps { get; private set; }

    /// <summary>Batches of these steps.</summary>
    public long Batches { get; private set; }

    /// <summary>What the epoch has come to so far.</summary>
    public EpochSums Sums { get; private set; } = new();

    /// <summary>The epochs that are over, in order. Those from before a resumption have no times.</summary>
    public IReadOnlyList<EpochReport> History => _history;

    /// <summary>The epoch with the lowest validation MSE; null when none is over.</summary>
    public EpochReport? Best => _history.LastOrDefault(epoch => epoch.SavedBest is not null);

    /// <summary>The epoch in which the averaged weights had their lowest validation MSE.</summary>
    public EpochReport? BestEma => _history.LastOrDefault(epoch => epoch.SavedBestEma is not null);

    /// <summary>Epochs that are over.</summary>
    public int EpochsDone => _history.Count;

    /// <summary>Reads what <see cref="Save"/> gave.</summary>
    /// <param name="saved">The values.</param>
    /// <param name="folder">Where the run's files are.</param>
    /// <exception cref="WeightsFormatException">Something is missing, or the numbers contradict one another.</exception>
    public static RunProgress Read(SavedValues saved, RunFolder folder)
    {
        RunProgress progress = new()
        {
            Epoch = saved.SmallCount(EpochKey),
            Steps = saved.Count(StepsKey),
            Batches = saved.Count(BatchesKey),
            Sums = EpochSums.Read(saved.Inner(SumsKey)),
        };
        progress._history.AddRange(saved.List(HistoryKey).Select(epoch => EpochReport.Read(epoch, folder)));
        if (progress.Epoch != progress._history.Count + 1 || progress._history.Index().Any(epoch => epoch.Item.Epoch != epoch.Index + 1))
            throw saved.Wrong(HistoryKey, $"the {progress.Epoch - 1} epochs before epoch {progress.Epoch}");
        return progress;
    }

    /// <summary>Counts a step.</summary>
    /// <param name="step">What came out of it.</param>
    /// <param name="batches">Batches it was made of.</param>
    /// <param name="unreadable">Samples of it that stand in for unreadable ones.</param>
    public void Add(StepResult step, int batches, int unreadable)
    {
        Steps++;
        Batches += batches;
        Sums.Add(step, batches, unreadable);
    }

    /// <summary>Closes the epoch; the next one comes.</summary>
    public void Finish(EpochReport epoch)
    {
        _history.Add(epoch);
        Epoch++;
        Sums = new EpochSums();
    }

    /// <summary>For a saved state.</summary>
    public PickleDict Save() => new()
    {
        { EpochKey, Epoch },
        { StepsKey, Steps },
        { BatchesKey, Batches },
        { SumsKey, Sums.Save() },
        { HistoryKey, new PickleList(_history.Select(epoch => epoch.Save())) },
    };
}
