using Matting.Trainer.Configuration;

namespace Matting.Trainer.Recipes;

/// <summary>Where a run is written down for MLflow, in the layout of its file store; nothing here changes what is learnt.</summary>
public sealed record MlflowRecipe : ISettingsSection
{
    /// <summary>The folder of the store, usually called <c>mlruns</c>; made when it is missing. Null: nothing is written for MLflow.</summary>
    public string? Folder { get; init; }

    /// <summary>The name of the experiment that the run belongs to; made when there is none of that name.</summary>
    public string Experiment { get; init; } = "matting";

    // MLflow takes no longer names
    private const int LongestName = 500;

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Require(Folder is not "", nameof(Folder), "is empty; null for no MLflow");
        checks.Require(Experiment.Length is >= 1 and <= LongestName && !Experiment.Any(char.IsControl), nameof(Experiment),
            $"expected 1 to {LongestName} characters on one line");
    }
}
