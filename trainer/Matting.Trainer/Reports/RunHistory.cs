using Matting.Trainer.Recipes;
using Matting.Trainer.Reports.Logs;
using Matting.Trainer.Training;

namespace Matting.Trainer.Reports;

/// <summary>All that a run has left in its folder so far, read once.</summary>
internal sealed record RunHistory
{
    /// <summary>Where it is.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Its settings.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The epochs that are over.</summary>
    public required IReadOnlyList<LoggedEpoch> Epochs { get; init; }

    /// <summary>The steps that were taken; none where nobody wrote them down.</summary>
    public required IReadOnlyList<LoggedStep> Steps { get; init; }

    /// <summary>Lines of the step log that could not be read.</summary>
    public required int UnreadableLines { get; init; }

    /// <summary>What it was made with.</summary>
    public required IReadOnlyList<(string Key, string Value)> Environment { get; init; }

    /// <summary>Its pictures.</summary>
    public required IReadOnlyList<RunPicture> Pictures { get; init; }

    /// <summary>When it last wrote something down; null: never yet.</summary>
    public required DateTime? LastWritten { get; init; }

    /// <summary>The epoch with the lowest validation MSE; null when none is over.</summary>
    public LoggedEpoch? Best => Epochs.Where(epoch => epoch.ValMse is not null).MinBy(epoch => epoch.ValMse);

    /// <summary>A value of <see cref="Environment"/>, or null.</summary>
    public string? EnvironmentValue(string key) => Environment.Where(pair => pair.Key == key).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>Reads a run; it may be under way.</summary>
    /// <exception cref="ReportException">A log is no log.</exception>
    public static RunHistory Read(RunFolder folder)
    {
        IReadOnlyList<LoggedStep> steps = StepLogReader.Read(folder.EventsPath, out int unreadable);
        return new RunHistory
        {
            Folder = folder,
            Recipe = RecipeFile.Load(folder.RecipePath),
            Epochs = EpochLogReader.Read(folder.LogPath),
            Steps = steps,
            UnreadableLines = unreadable,
            Environment = EnvironmentReader.Read(folder.EnvironmentPath),
            Pictures = RunPicture.Find(folder.PicturesPath),
            LastWritten = new[] { folder.LogPath, folder.EventsPath }.Where(File.Exists).Select(File.GetLastWriteTimeUtc).Cast<DateTime?>().Max(),
        };
    }
}
