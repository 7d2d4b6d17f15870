using Matting.Shared.Imaging;
using Matting.Testing;
using Matting.Trainer.Data;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

public sealed class TrainingObserverTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_step_tells_how_far_the_epoch_is_and_what_it_came_to()
    {
        CollectingObserver observer = new();

        TrainingRun.Run(TinyRuns.Recipe(_folder, "run") with { Schedule = new PolyScheduleRecipe { MinLr = 1e-5, Power = 1 } }, observer, Stop);

        Assert.Equal([(1L, 2L), (2, 4), (3, 5), (4, 2), (5, 4), (6, 5)], observer.Reports.Select(step => (step.RunStep, step.EpochSamples)));
        Assert.Equal(2e-3, observer.Reports[0].Lr);
        Assert.Equal(observer.Reports.Select(step => step.Lr).OrderDescending(), observer.Reports.Select(step => step.Lr));
        Assert.Equal(observer.Epochs.Select(epoch => epoch.TrainLoss), observer.Reports.Where(step => step.Step == 3).Select(step => step.EpochLoss));
        Assert.All(observer.Reports, step => Assert.InRange(step.DataWaitShare, 0, 1));
        Assert.True(observer.Reports[2].EpochTime > observer.Reports[1].EpochTime);
    }

    [Fact]
    public void The_first_batch_of_each_epoch_and_the_samples_asked_for_are_handed_out()
    {
        PictureObserver pictures = new(epoch => epoch == 2 ? 3 : 0), fewer = new(_ => 1);
        Recipe recipe = TinyRuns.Recipe(_folder, "run");

        TrainingRun.Run(recipe, new TrainingObservers(pictures, fewer), Stop);

        Assert.Equal([(1, 2), (2, 2)], pictures.Batches.Select(batch => (batch.Epoch, batch.Count)));
        // five training samples in the order of the second epoch: the batch begins with its first one
        Assert.NotEqual(pictures.Batches[0].Alphas, pictures.Batches[1].Alphas);
        Assert.Equal([(2, 0), (2, 1), (2, 2)], pictures.Judged.Select(judged => (judged.Epoch, judged.Sample.Index)));
        Assert.Equal([(1, 0), (2, 0)], fewer.Judged.Select(judged => (judged.Epoch, judged.Sample.Index)));
        ValidationSamples samples = new(SampleTableReader.Read(recipe.Data.Val!), 40, NormalisationProfile.Get("imagenet"));
        float[] image = new float[3 * 40 * 40], alpha = new float[40 * 40];
        foreach ((int _, JudgedSample sample) in pictures.Judged)
        {
            samples.Load(sample.Index, 0, image, alpha);
            Assert.Equal(40, sample.Size);
            Assert.Equal(image, sample.Image);
            Assert.Equal(alpha, sample.Alpha);
            Assert.Equal(40 * 40, sample.Prediction.Length);
            Assert.All(sample.Prediction, value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void The_predictions_handed_out_come_to_the_MSE_of_the_epoch()
    {
        PictureObserver pictures = new(_ => 100);
        CollectingObserver observer = new();

        TrainingRun.Run(TinyRuns.Recipe(_folder, "run", epochs: 1) with { Ema = new EmaRecipe { Decay = 0.9 } }, new TrainingObservers(observer, pictures), Stop);

        double[] mse = [.. pictures.Judged.Select(judged => judged.Sample.Prediction.Zip(judged.Sample.Alpha, (p, a) => Math.Pow(p - a, 2)).Average())];
        Assert.Equal(3, mse.Length);
        // float sums on one side, double sums on the other
        Assert.Equal(observer.Epochs[0].ValMse, mse.Average(), 1e-6);
    }

    /// <summary>Takes the pictures of a run.</summary>
    private sealed class PictureObserver(Func<int, int> wanted) : ITrainingObserver
    {
        public List<(int Epoch, int Count, float[] Alphas)> Batches { get; } = [];

        public List<(int Epoch, JudgedSample Sample)> Judged { get; } = [];

        public void Starting(RunOverview run)
        {
        }

        public void Noticed(string message)
        {
        }

        public void StepTaken(StepReport step)
        {
        }

        public void Validated(int epoch, int samples)
        {
        }

        public void EpochDone(EpochReport epoch)
        {
        }

        public void EpochBegins(int epoch, Batch batch) => Batches.Add((epoch, batch.Count, batch.Alphas.ToArray()));

        public int JudgedWanted(int epoch) => wanted(epoch);

        void ITrainingObserver.Judged(int epoch, JudgedSample sample) => Judged.Add((epoch, sample));
    }
}
