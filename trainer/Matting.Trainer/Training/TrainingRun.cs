using Matting.Shared.Networks;
using Matting.Trainer.Configuration;
using Matting.Trainer.Data;
using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;
using Matting.Trainer.Tracking;

namespace Matting.Trainer.Training;

/// <summary>One training run from recipe to best checkpoint, told from top to bottom.</summary>
public static class TrainingRun
{
    /// <summary>Trains.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="observer">Is told how it goes.</param>
    /// <param name="stop">Ends the run after the step it is in; what was saved stays.</param>
    /// <exception cref="SettingsException">The recipe is wrong.</exception>
    /// <exception cref="SampleTableException">The CSVs are wrong, or files they name are missing; found before anything starts.</exception>
    /// <exception cref="TrainingException">A sample cannot be read, the loss is not finite, or the device is not there.</exception>
    public static TrainingResult Run(Recipe recipe, ITrainingObserver observer, CancellationToken stop = default)
    {
        // whatever is wrong with settings and files is said before anything is made
        SettingChecks.ThrowIfWrong(recipe);
        IReadOnlyList<SampleTable> tables = RunData.Tables(recipe.Data);
        recipe = RecipePaths.Resolve(recipe);

        RunMachine machine = RunMachine.Prepare(recipe.Machine);
        RunData data = RunData.Of(recipe, tables);
        using RunModel model = RunModel.Create(recipe, (long)recipe.Epochs * data.Plan.Steps, machine);
        RunFolder folder = RunFolder.Claim(recipe);
        using MlflowTracker? tracker = MlflowTracker.Of(recipe);
        // the tracker last: it copies what the others write
        observer = new TrainingObservers([observer, new RunPictures(folder.PicturesPath, recipe, tables[1]), .. tracker is null ? [] : new[] { tracker }]);
        observer.Starting(Overview(recipe, machine, data, model, folder));

        RunProgress progress = new();
        TrainingLog log = new(folder.LogPath, model.Average is not null);
        EpochTraining training = new(data, model, machine.Device, recipe.Seed, observer);
        EpochJudgement judgement = new(data, model, folder, observer);
        try
        {
            while (progress.Epoch <= recipe.Epochs)
            {
                training.Run(progress, stop);
                EpochReport report = judgement.Run(progress, stop);
                observer.EpochJudged(report);
                log.Add(report);
                progress.Finish(report);
                observer.EpochDone(report);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // told to stop: the last step is complete, and so is every file
        }
        TrainingResult result = new()
        {
            Folder = folder,
            Epochs = progress.EpochsDone,
            Interrupted = progress.EpochsDone < recipe.Epochs,
            Best = progress.Best,
            BestEma = progress.BestEma,
            PeakMemoryBytes = NativeMemory.PeakBytes(),
        };
        tracker?.Finish(result);
        return result;
    }

    private static RunOverview Overview(Recipe recipe, RunMachine machine, RunData data, RunModel model, RunFolder folder) => new()
    {
        Folder = folder,
        Network = model.Definition.Name,
        Parameters = NetworkCost.Of(model.Definition, recipe.Augment.Crop, recipe.Augment.Crop).Parameters,
        Init = recipe.Init,
        Device = recipe.Machine.Device,
        Threads = machine.Threads,
        Compute = machine.Compute.ToString(),
        Allocator = machine.Allocator,
        Engine = TorchDevice.Engine,
        TrainSamples = data.Train.SampleCount,
        ValSamples = data.Val.SampleCount,
        Validations = model.Averaged is null ? 1 : 2,
        Epochs = recipe.Epochs,
        StepsPerEpoch = data.Plan.Steps,
    };
}
