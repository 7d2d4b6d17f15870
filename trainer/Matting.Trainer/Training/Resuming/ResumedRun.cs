using Matting.Shared.Weights;
using Matting.Trainer.Configuration;
using Matting.Trainer.Data;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Training.Resuming;

/// <summary>A run that was stopped, and all that is needed to go on with it.</summary>
/// <param name="Folder">Where its files are.</param>
/// <param name="Recipe">Its recipe, with the settings that were given for the rest of it.</param>
/// <param name="State">Where it was; null when it was stopped before it had saved anything.</param>
/// <param name="Progress">How far it was.</param>
internal sealed record ResumedRun(RunFolder Folder, Recipe Recipe, RunState? State, RunProgress Progress)
{
    /// <summary>True when there is nothing left to do.</summary>
    public bool IsFinished => Progress.EpochsDone >= Recipe.Epochs;

    /// <summary>Finds a run and checks that it can go on.</summary>
    /// <param name="run">Its folder (the newest run in it is meant), or its state file.</param>
    /// <param name="overrides">Settings for the rest of it, see <see cref="ResumeRules"/>.</param>
    /// <exception cref="TrainingException">There is no such run, or it cannot go on; the message says why.</exception>
    /// <exception cref="WeightsFormatException">Its state is damaged.</exception>
    /// <exception cref="SettingsException">Its recipe or an override is wrong.</exception>
    public static ResumedRun Find(string run, IReadOnlyList<string> overrides)
    {
        (string folder, int number) = Locate(run);
        RunFolder files = RunFolder.Of(folder, number, network: "");
        if (!File.Exists(files.RecipePath))
            throw new TrainingException($"{files.RecipePath}: the recipe of the run is missing; without it the run cannot go on");
        RunState? state = File.Exists(files.StatePath) ? RunState.Read(files.StatePath) : null;
        Recipe written = RecipeFile.Load(files.RecipePath), recipe = RecipeFile.Load(files.RecipePath, overrides);
        files = RunFolder.Of(folder, number, recipe.Network);
        if (state is null)
            RequireUntrained(files);
        RunProgress progress = state?.Progress(files) ?? new RunProgress();
        ResumeRules.RequireAllowed(state?.Recipe() ?? written, written, recipe, progress);
        ResumedRun found = new(files, recipe with { Output = files.Folder }, state, progress);
        found.RequireBest();
        return found;
    }

    /// <summary>Compares the samples with those the run began with.</summary>
    /// <exception cref="TrainingException">They are others.</exception>
    public void RequireSamples(IReadOnlyList<SampleTable> tables)
    {
        State?.Origin.Train.Require(tables[0]);
        State?.Origin.Val.Require(tables[1]);
    }

    private static (string Folder, int Number) Locate(string run)
    {
        if (File.Exists(run))
        {
            return RunFolder.NumberOfState(run) is int number
                ? (Path.GetDirectoryName(Path.GetFullPath(run))!, number)
                : throw new TrainingException($"{run}: expected the folder of a run, or its state.pth");
        }
        if (!Directory.Exists(run))
            throw new TrainingException($"{run}: there is no such run");
        return RunFolder.Newest(run) is int newest
            ? (run, newest)
            : throw new TrainingException($"{run}: there is no run in it (no recipe.yaml, no state.pth)");
    }

    // without its state a run begins anew, and its first epoch would replace the best checkpoint of all that were trained before
    private static void RequireUntrained(RunFolder files)
    {
        foreach (string trace in new[] { files.BestPath, files.BestEmaPath, files.LogPath })
        {
            if (File.Exists(trace))
            {
                throw new TrainingException(
                    $"{files.StatePath}: the state of the run is missing, and {Path.GetFileName(trace)} shows that it has trained; put it back, or start a new run from its weights (init)");
            }
        }
    }

    // the weights of the best epoch are nowhere else
    private void RequireBest()
    {
        foreach (string? path in new[] { Progress.Best?.SavedBest, Progress.BestEma?.SavedBestEma })
        {
            if (path is null)
                continue;
            if (!File.Exists(path))
                throw new TrainingException($"{path}: the best checkpoint so far is missing; put it back, or start a new run from {Path.GetFileName(Folder.StatePath)} (init)");
            WeightsFile.Load(path);
        }
    }
}
