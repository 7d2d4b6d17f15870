using Matting.Shared.Weights;
using Matting.Trainer.Configuration;
using Matting.Trainer.Data;
using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;
using Matting.Trainer.Tracking;
using Matting.Trainer.Training.Records;
using Matting.Trainer.Training.Resuming;

namespace Matting.Trainer.Training;

/// <summary>One training run from recipe to best checkpoint, told from top to bottom.</summary>
public static class TrainingRun
{
    /// <summary>Trains, and saves its state when the recipe says.</summary>
    /// <inheritdoc cref="Run(Recipe, ITrainingObserver, SaveRequest, CancellationToken)"/>
    public static TrainingResult Run(Recipe recipe, ITrainingObserver observer, CancellationToken stop = default) =>
        Run(recipe, observer, save: null, stop);

    /// <summary>Trains.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="observer">Is told how it goes.</param>
    /// <param name="save">Asks the run to save its state in between; null: nobody does.</param>
    /// <param name="stop">Ends the run between two steps; its state is saved.</param>
    /// <exception cref="SettingsException">The recipe is wrong.</exception>
    /// <exception cref="SampleTableException">The CSVs are wrong, or files they name are missing; found before anything starts.</exception>
    /// <exception cref="TrainingException">
    /// A sample cannot be read, the loss is not finite, or the device is not there. The state before the step is saved.
    /// </exception>
    /// <exception cref="IOException">The disk refuses; the state that was saved before is still there.</exception>
    public static TrainingResult Run(Recipe recipe, ITrainingObserver observer, SaveRequest? save, CancellationToken stop = default)
    {
        // whatever is wrong with settings and files is said before anything is made
        SettingChecks.ThrowIfWrong(recipe);
        return Train(RecipePaths.Resolve(recipe), RunData.Tables(recipe.Data), null, observer, save, stop);
    }

    /// <summary>
    /// Goes on with a run that was stopped, however it was stopped. It ends with the bytes of a run that never was, given the same
    /// device, threads and libraries.
    /// </summary>
    /// <param name="run">The folder of the run (the newest in it is meant), or its state file.</param>
    /// <param name="overrides">
    /// Texts <c>a.b=value</c> for settings that may change: more <c>epochs</c> (with a schedule that does not depend on their number),
    /// where the samples are, and what does not change what is learnt (<c>machine</c>, <c>save</c>, <c>data.workers</c>, ...).
    /// </param>
    /// <param name="observer">Is told how it goes.</param>
    /// <param name="save">Asks the run to save its state in between; null: nobody does.</param>
    /// <param name="stop">Ends the run between two steps; its state is saved.</param>
    /// <returns>How it ended; a run that was finished already ends at once.</returns>
    /// <exception cref="TrainingException">There is no such run, it cannot go on with what has changed, or as for <see cref="Run(Recipe, ITrainingObserver, CancellationToken)"/>.</exception>
    /// <exception cref="WeightsFormatException">Its state, or its best checkpoint, is damaged.</exception>
    /// <exception cref="SettingsException">Its recipe or an override is wrong.</exception>
    /// <exception cref="SampleTableException">The CSVs are wrong, or files they name are missing.</exception>
    /// <exception cref="IOException">The disk refuses; the state that was saved before is still there.</exception>
    public static TrainingResult Resume(
        string run, IReadOnlyList<string> overrides, ITrainingObserver observer, SaveRequest? save = null, CancellationToken stop = default)
    {
        ResumedRun resumed = ResumedRun.Find(run, overrides);
        if (resumed.IsFinished)
            return Result(resumed.Folder, resumed.Recipe, resumed.Progress) with { WasFinished = true };
        IReadOnlyList<SampleTable> tables = RunData.Tables(resumed.Recipe.Data);
        resumed.RequireSamples(tables);
        return Train(RecipePaths.Resolve(resumed.Recipe), tables, resumed, observer, save, stop);
    }

    private static TrainingResult Train(
        Recipe recipe, IReadOnlyList<SampleTable> tables, ResumedRun? resumed, ITrainingObserver observer, SaveRequest? save, CancellationToken stop)
    {
        RunMachine machine = RunMachine.Prepare(recipe.Machine);
        using RunData data = RunData.Of(recipe, tables);
        RunProgress progress = resumed?.Progress ?? new RunProgress();
        data.Prepare(recipe.Seed, progress.Epoch, progress.Sums.Batches);
        long steps = (long)recipe.Epochs * data.Plan.Steps;
        using RunModel model = RunModel.Create(recipe, steps, machine, resumed?.State?.Root, resumed?.State?.File ?? "");
        RunOrigin origin = RunOrigin.Of(recipe, tables, machine);

        RunFolder folder = resumed?.Folder ?? RunFolder.Claim(recipe);
        folder.RemoveAbandoned();
        using RunRecords records = RunRecords.Open(folder, recipe, machine, progress, resumed is not null);
        using MlflowTracker? tracker = MlflowTracker.Of(recipe);
        StateSaver saver = new(folder.StatePath, origin, recipe, model, progress, save, observer, TimeProvider.System);
        // the tracker copies what those before it write, and the state is saved when all else is done
        RunPictures pictures = new(folder.PicturesPath, recipe, tables[1]);
        TrainingObservers all = new([records, observer, pictures, .. tracker is null ? [] : new[] { tracker }, saver]);

        // a folder that is full or read-only is found before the first step, not after it
        saver.Save();
        all.Starting(RunOverview.Of(recipe, machine, data, model, folder, progress, resumed is not null));
        foreach (string notice in records.Notices.Concat(resumed?.State?.Origin.DifferencesTo(origin) ?? []))
            all.Noticed(notice);
        Loop(recipe, machine, data, model, folder, progress, all, saver, stop);
        TrainingResult result = Result(folder, recipe, progress);
        tracker?.Finish(result);
        return result;
    }

    private static void Loop(
        Recipe recipe, RunMachine machine, RunData data, RunModel model, RunFolder folder, RunProgress progress,
        ITrainingObserver observer, StateSaver saver, CancellationToken stop)
    {
        EpochTraining training = new(data, model, machine.Device, recipe.Seed, observer);
        EpochJudgement judgement = new(data, model, folder, observer);
        try
        {
            while (progress.EpochsDone < recipe.Epochs)
            {
                training.Run(progress, stop);
                if (progress.Epoch < recipe.Epochs)
                    data.Prepare(recipe.Seed, progress.Epoch + 1);
                EpochReport report = judgement.Run(progress, stop);
                observer.EpochJudged(report);
                progress.Finish(report);
                observer.EpochDone(report);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // told to stop: the last step is complete
            saver.Save();
        }
        catch (TrainingException)
        {
            // as it was before the step that failed: whoever mends the cause goes on from there
            saver.TrySave();
            throw;
        }
    }

    private static TrainingResult Result(RunFolder folder, Recipe recipe, RunProgress progress) => new()
    {
        Folder = folder,
        Epochs = progress.EpochsDone,
        PlannedEpochs = recipe.Epochs,
        Best = progress.Best,
        BestEma = progress.BestEma,
        PeakMemoryBytes = NativeMemory.PeakBytes(),
    };
}
