using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Training.Resuming;

/// <summary>Which settings may be others when a run is resumed: those that do not change what it learns, and more epochs.</summary>
internal static class ResumeRules
{
    private const string Epochs = "epochs";
    private const string Output = "output";

    // sections end with a point. The samples behind data.train and data.val are compared by their content.
    private static readonly string[] Free =
        ["data.train", "data.val", "data.root", "data.workers", "data.unreadable", "machine.", "save.", "pictures.", "mlflow."];

    /// <summary>Says what of a changed recipe a run cannot go on with.</summary>
    /// <param name="began">The recipe the run began with.</param>
    /// <param name="written">The recipe as it is in the folder.</param>
    /// <param name="recipe">The same with the settings that were given for the rest.</param>
    /// <param name="progress">Where the run is.</param>
    /// <exception cref="TrainingException">A setting differs that may not.</exception>
    public static void RequireAllowed(Recipe began, Recipe written, Recipe recipe, RunProgress progress)
    {
        if (recipe.Output != written.Output)
            throw new TrainingException($"{Output}: a resumed run stays in its folder");
        SettingDifference[] changed = [.. SettingDifferences.Between(began with { Output = null }, recipe with { Output = null }).Where(IsBound)];
        SettingDifference? epochs = changed.FirstOrDefault(difference => difference.Key == Epochs);
        if (epochs is not null)
            RequireEpochs(recipe, epochs, progress);
        SettingDifference[] forbidden = [.. changed.Where(difference => difference != epochs)];
        if (forbidden.Length > 0)
        {
            throw new TrainingException($"a run goes on with the settings it began with ({string.Join("; ", forbidden.AsEnumerable())}); " +
                "for other ones start a new run from its weights (init)");
        }
    }

    private static bool IsBound(SettingDifference difference) =>
        !Free.Any(free => free[^1] == '.' ? difference.Key.StartsWith(free, StringComparison.Ordinal) : difference.Key == free);

    private static void RequireEpochs(Recipe recipe, SettingDifference epochs, RunProgress progress)
    {
        int underWay = progress.Sums.Batches > 0 ? progress.Epoch : progress.EpochsDone;
        if (recipe.Epochs < underWay)
            throw new TrainingException($"{epochs}, but the run is in epoch {underWay} already");
        if (recipe.Schedule is PolyScheduleRecipe or CosineScheduleRecipe)
        {
            throw new TrainingException($"{epochs}: the learning rate has followed a curve over all epochs of the recipe; " +
                "to train longer start a new run from the weights (init)");
        }
    }
}
