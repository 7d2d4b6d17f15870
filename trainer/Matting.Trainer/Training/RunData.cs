using Matting.Shared.Imaging;
using Matting.Trainer.Data;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Training;

/// <summary>The samples of a run.</summary>
internal sealed class RunData : IDisposable
{
    private RunData(TrainingSamples samples, BatchLoader train, BatchLoader val, StepPlan plan, NormalisationProfile profile) =>
        (Samples, Train, Val, Plan, Profile) = (samples, train, val, plan, profile);

    /// <summary>What is trained on.</summary>
    public TrainingSamples Samples { get; }

    /// <summary>The batches that are trained on.</summary>
    public BatchLoader Train { get; }

    /// <summary>The batches that the network is judged by.</summary>
    public BatchLoader Val { get; }

    /// <summary>Which training batches make up a step.</summary>
    public StepPlan Plan { get; }

    /// <summary>How pixels become numbers.</summary>
    public NormalisationProfile Profile { get; }

    /// <summary>The training and the validation table of a recipe.</summary>
    /// <exception cref="SampleTableException">The CSVs are wrong, or files they name are missing.</exception>
    public static IReadOnlyList<SampleTable> Tables(DataRecipe recipe) =>
        SampleTableReader.ReadAll([recipe.Train!, recipe.Val!], recipe.Root, recipe.Limit);

    /// <summary>Makes the loaders; nothing is read yet.</summary>
    /// <param name="recipe">How samples are read and varied.</param>
    /// <param name="tables">What <see cref="Tables"/> gave.</param>
    public static RunData Of(Recipe recipe, IReadOnlyList<SampleTable> tables)
    {
        NormalisationProfile profile = NormalisationProfile.Get(recipe.Profile);
        ImageReadOptions reading = recipe.Data.ToReadOptions();
        TrainingSamples samples = new(tables[0], new TrainingSampleOptions
        {
            Seed = recipe.Seed,
            Augmentation = recipe.Augment.ToOptions(),
            Profile = profile,
            Reading = reading,
        });
        ValidationSamples judged = new(tables[1], recipe.Validation.Size, profile, reading);
        return new RunData(
            samples,
            new BatchLoader(samples, recipe.Batch, recipe.Data.Workers, recipe.Data.Unreadable == DataRecipe.UnreadableSkip),
            new BatchLoader(judged, recipe.Validation.Batch, recipe.Data.Workers),
            new StepPlan(samples.Count, recipe.Batch, recipe.Accumulate),
            profile);
    }

    /// <summary>Starts to load the first training batches of an epoch, while something else is being done.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="first">The batch it begins with.</param>
    public void Prepare(long seed, int epoch, int first = 0) => Train.Prepare(SampleOrder.Shuffled(Train.SampleCount, seed, epoch), epoch, first);

    /// <summary>Ends the loading.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Val.Dispose();
    }
}
