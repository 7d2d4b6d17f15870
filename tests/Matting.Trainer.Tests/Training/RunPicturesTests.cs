using Matting.Shared.Imaging;
using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

public sealed class RunPicturesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_appear_at_the_chosen_epochs_under_their_numbers()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run", epochs: 3) with
        {
            Pictures = new PicturesRecipe { TrainBatch = "every 2", Validation = "all", Samples = 2 },
        };

        TrainingRun.Run(recipe, new CollectingObserver(), Stop);

        Assert.Equal(
            ["train-batch-epoch-001.png", "train-batch-epoch-002.png", "validation-epoch-001.png", "validation-epoch-002.png", "validation-epoch-003.png"],
            Pictures("run"));
        // one column of two samples: both kinds are wider than high, and readable
        foreach (string name in Pictures("run"))
        {
            PixelImage picture = ImageFile.ReadRgb(_folder.File("run", "pictures", name));
            Assert.InRange(picture.Width, 700, 1000);
            Assert.InRange(picture.Height, 500, 700);
        }
    }

    [Fact]
    public void By_default_they_are_the_first_batch_and_the_validation_of_each_best_epoch()
    {
        CollectingObserver observer = new();

        TrainingRun.Run(TinyRuns.Recipe(_folder, "run", epochs: 3), observer, Stop);

        IEnumerable<string> best = observer.Epochs.Where(epoch => epoch.SavedBest is not null).Select(epoch => $"validation-epoch-{epoch.Epoch:000}.png");
        Assert.Equal(["train-batch-epoch-001.png", .. best], Pictures("run"));
    }

    [Fact]
    public void They_change_nothing_that_is_learnt_and_a_second_run_of_the_folder_has_its_own()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run", epochs: 1);

        TrainingResult with = TrainingRun.Run(recipe with { Pictures = new PicturesRecipe { TrainBatch = "all", Validation = "all" } }, new CollectingObserver(), Stop);
        TrainingResult without = TrainingRun.Run(
            recipe with { Output = _folder.File("other"), Pictures = new PicturesRecipe { TrainBatch = "none", Validation = "none" } }, new CollectingObserver(), Stop);
        TrainingResult second = TrainingRun.Run(recipe, new CollectingObserver(), Stop);

        Assert.Equal(File.ReadAllBytes(without.Folder.BestPath), File.ReadAllBytes(with.Folder.BestPath));
        Assert.False(Directory.Exists(without.Folder.PicturesPath));
        Assert.Equal(_folder.File("run", "pictures_2"), second.Folder.PicturesPath);
        foreach (string picture in Directory.GetFiles(with.Folder.PicturesPath))
            Assert.Equal(File.ReadAllBytes(picture), File.ReadAllBytes(Path.Combine(second.Folder.PicturesPath, Path.GetFileName(picture))));
    }

    private string[] Pictures(string run) =>
        [.. Directory.GetFiles(_folder.File(run, "pictures")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
