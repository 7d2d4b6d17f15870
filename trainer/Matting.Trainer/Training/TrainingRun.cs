using System.Diagnostics;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Trainer.Configuration;
using Matting.Trainer.Data;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Recipes;
using Matting.Trainer.Schedules;
using Matting.Trainer.Torch;
using TorchSharp;

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
        // ---- configuration: whatever is wrong with settings and files is said before anything is made
        SettingChecks.ThrowIfWrong(recipe);
        IReadOnlyList<SampleTable> tables = SampleTableReader.ReadAll([recipe.Data.Train!, recipe.Data.Val!], recipe.Data.Root, recipe.Data.Limit);
        recipe = RecipePaths.Resolve(recipe);

        // ---- device: the allocator has to be set before the tensor library loads
        string allocator = NativeMemory.Apply(recipe.Machine.Allocator);
        int threads = recipe.Machine.Threads ?? Environment.ProcessorCount; // affinity and cgroup limits included
        torch.set_num_threads(threads);
        torch.Device device = TorchDevice.Open(recipe.Machine.Device);

        // ---- data
        NormalisationProfile profile = NormalisationProfile.Get(recipe.Profile);
        ImageReadOptions reading = recipe.Data.ToReadOptions();
        TrainingSamples trainSamples = new(tables[0], new TrainingSampleOptions
        {
            Seed = recipe.Seed,
            Augmentation = recipe.Augment.ToOptions(),
            Profile = profile,
            Reading = reading,
        });
        ValidationSamples valSamples = new(tables[1], recipe.Validation.Size, profile, reading);
        BatchLoader train = new(trainSamples, recipe.Batch, recipe.Data.Workers);
        BatchLoader val = new(valSamples, recipe.Validation.Batch, recipe.Data.Workers);

        // ---- model
        INetwork definition = NetworkCatalogue.Create(recipe.Network);
        using ParameterStore parameters = new(definition, InitialWeights(recipe, definition), device);
        TorchNetwork network = new(definition, parameters);

        // ---- loss, optimiser, learning rate
        StepPlan plan = new(train.SampleCount, recipe.Batch, recipe.Accumulate);
        ILoss loss = recipe.Loss.Create();
        using IOptimiser optimiser = recipe.Optimiser.Create(parameters.Trainable);
        ISchedule schedule = recipe.Schedule.Create(recipe.Optimiser.Lr, (long)recipe.Epochs * plan.Steps);
        TrainingStep step = new(network, loss, optimiser, recipe.Optimiser.ClipNorm);

        using WeightAverage? average = recipe.Ema.Decay is double decay ? new WeightAverage(definition, parameters, decay) : null;
        TorchNetwork? averaged = average is null ? null : new TorchNetwork(definition, average.Parameters);

        // ---- files
        RunFolder folder = RunFolder.Claim(recipe);
        TrainingLog log = new(folder.LogPath, averaged is not null);
        observer.Starting(new RunOverview
        {
            Folder = folder,
            Network = definition.Name,
            Parameters = NetworkCost.Of(definition, recipe.Augment.Crop, recipe.Augment.Crop).Parameters,
            Init = recipe.Init,
            Device = recipe.Machine.Device,
            Threads = threads,
            Allocator = allocator,
            Engine = TorchDevice.Engine,
            TrainSamples = train.SampleCount,
            ValSamples = val.SampleCount,
            Validations = averaged is null ? 1 : 2,
            Epochs = recipe.Epochs,
            StepsPerEpoch = plan.Steps,
        });

        // ---- loop
        EpochReport? best = null, bestEma = null;
        int epochsDone = 0;
        long steps = 0, batches = 0;
        bool noticed = false;
        try
        {
            for (int epoch = 1; epoch <= recipe.Epochs; epoch++)
            {
                double lossSum = 0, mseSum = 0;
                long started = Stopwatch.GetTimestamp();
                TimeSpan waitedBefore = train.Waited;
                int stepOfEpoch = 0, batchOfEpoch = 0;
                StepResult result = default;
                foreach (Batch batch in train.Epoch(SampleOrder.Shuffled(train.SampleCount, recipe.Seed, epoch), epoch, stop))
                {
                    if (plan.Begins(batchOfEpoch))
                    {
                        (result, stepOfEpoch) = (default, stepOfEpoch + 1);
                        step.Begin();
                    }
                    try
                    {
                        result = result.With(Add(step, batch, device, ++batches, plan.Share(batchOfEpoch)));
                        if (!plan.Ends(batchOfEpoch++))
                            continue;
                        optimiser.Lr = schedule.Lr;
                        step.Move();
                        average?.Update();
                    }
                    catch (TrainingException e)
                    {
                        throw new TrainingException($"epoch {epoch} step {stepOfEpoch}: {e.Message}", e);
                    }
                    steps++;
                    schedule.StepDone();
                    lossSum += result.Loss * result.Samples;
                    mseSum += result.Mse * result.Samples;
                    if (!noticed && trainSamples.Notice is { } notice)
                    {
                        observer.Noticed(notice);
                        noticed = true;
                    }
                    observer.StepTaken(epoch, stepOfEpoch, result);
                }
                TimeSpan trainTime = Stopwatch.GetElapsedTime(started);

                double valMse = Validation.Mse(network, val, samples => observer.Validated(epoch, samples), stop);
                schedule.EpochDone(valMse);
                bool better = best is null || valMse < best.ValMse;
                if (better)
                    BestCheckpoint.Save(folder.BestPath, parameters);
                double? emaMse = averaged is null ? null : Validation.Mse(averaged, val, samples => observer.Validated(epoch, samples), stop);
                bool betterEma = emaMse is double mse && (bestEma is null || mse < bestEma.EmaValMse);
                if (betterEma)
                    BestCheckpoint.Save(folder.BestEmaPath, average!.Parameters);

                EpochReport report = new()
                {
                    Epoch = epoch,
                    Step = steps,
                    TrainLoss = lossSum / train.SampleCount,
                    TrainMse = mseSum / train.SampleCount,
                    ValMse = valMse,
                    Lr = schedule.Lr,
                    TrainTime = trainTime,
                    SamplesPerSecond = train.SampleCount / trainTime.TotalSeconds,
                    DataWaitShare = (train.Waited - waitedBefore) / trainTime,
                    PeakMemoryBytes = NativeMemory.PeakBytes(),
                    SavedBest = better ? folder.BestPath : null,
                    EmaValMse = emaMse,
                    SavedBestEma = betterEma ? folder.BestEmaPath : null,
                };
                log.Add(report);
                best = better ? report : best;
                bestEma = betterEma ? report : bestEma;
                epochsDone = epoch;
                observer.EpochDone(report);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // told to stop: the last step is complete, and so is every file
        }
        return new TrainingResult
        {
            Folder = folder,
            Epochs = epochsDone,
            Interrupted = epochsDone < recipe.Epochs,
            Best = best,
            BestEma = bestEma,
            PeakMemoryBytes = NativeMemory.PeakBytes(),
        };
    }

    private static StateDict InitialWeights(Recipe recipe, INetwork network) => recipe.Init == Recipe.RandomInit
        ? NetworkInitialiser.Create(network, recipe.Seed)
        : StrictLoading.Conform(network, WeightsFile.Load(recipe.Init), recipe.Init);

    private static StepResult Add(TrainingStep step, Batch batch, torch.Device device, long number, double share)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        BatchTensors tensors = BatchTensors.Of(batch, device);
        return step.Add(tensors.Images, tensors.Alphas, number, share);
    }
}
