using Matting.Shared.Imaging;
using Matting.Testing;
using Matting.Trainer.Augmentation;
using Matting.Trainer.Data;
using Matting.Trainer.Recipes;
using Matting.Trainer.Tests.Data;
using Matting.Trainer.Tests.Training;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Augmentation;

public sealed class AugmentedSamplesTests : IDisposable
{
    private static readonly AugmentationOptions All = new()
    {
        Crop = 64,
        Flip = 0.5,
        Rotate = new() { Probability = 0.5 },
        Colour = new() { Probability = 0.5 },
        Xray = new() { Probability = 0.5 },
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Batches_are_the_same_whatever_the_number_of_workers()
    {
        SampleTable table = SampleTableReader.Read(SampleFiles.Write(_folder, "t.csv", 7, 90, 80));
        List<float> one = Numbers(table, workers: 1), four = Numbers(table, workers: 4);

        Assert.Equal(one, four);
        Assert.Contains(one, value => value is > 0 and < 1);
    }

    [Fact]
    public void Epochs_differ_and_every_alpha_stays_in_its_range()
    {
        SampleTable table = SampleTableReader.Read(SampleFiles.Write(_folder, "t.csv", 1, 90, 80));
        TrainingSamples samples = Samples(table, All with { Xray = new() { Probability = 1 } });
        float[] first = new float[64 * 64], second = new float[64 * 64], image = new float[3 * 64 * 64];
        samples.Load(0, 1, image, first);
        samples.Load(0, 2, image, second);

        Assert.NotEqual(first, second);
        Assert.All(first.Concat(second), value => Assert.InRange(value, 0, 0.97f));
        Assert.Null(samples.Notice);
    }

    [Fact]
    public void Small_pictures_are_noticed_with_an_example()
    {
        SampleTable table = SampleTableReader.Read(SampleFiles.Write(_folder, "t.csv", 2, 40, 80));
        TrainingSamples samples = Samples(table, All);
        Assert.Null(samples.Notice);

        float[] alpha = new float[64 * 64], image = new float[3 * 64 * 64];
        samples.Load(1, 1, image, alpha);
        samples.Load(0, 1, image, alpha);

        Assert.Equal($"pictures smaller than the crop of 64 are scaled up to fit, for instance {table.Rows[1].ImagePath} (40x80)", samples.Notice);
    }

    [Fact]
    public void A_run_says_it_once_and_trains_on_augmented_samples()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run") with
        {
            Augment = new AugmentRecipe { Crop = 64, Rotate = All.Rotate, Colour = All.Colour, Xray = All.Xray },
        };
        CollectingObserver observer = new();

        TrainingResult result = TrainingRun.Run(recipe, observer, TestContext.Current.CancellationToken);

        Assert.Equal(2, result.Epochs);
        Assert.StartsWith("pictures smaller than the crop of 64 are scaled up", Assert.Single(observer.Notices), StringComparison.Ordinal);
        Assert.All(observer.Steps, step => Assert.True(double.IsFinite(step.Result.Loss)));
    }

    private static TrainingSamples Samples(SampleTable table, AugmentationOptions options) =>
        new(table, new TrainingSampleOptions { Seed = 3, Augmentation = options, Profile = NormalisationProfile.Unit });

    private static List<float> Numbers(SampleTable table, int workers)
    {
        List<float> numbers = [];
        using BatchLoader loader = new(Samples(table, All), 3, workers);
        foreach (Batch batch in loader.Epoch(SampleOrder.Shuffled(7, 1, 1), 1, TestContext.Current.CancellationToken))
            numbers.AddRange([.. batch.Images, .. batch.Alphas]);
        return numbers;
    }
}
