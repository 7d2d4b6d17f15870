using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Tests.Training;
using Matting.Trainer.Tracking;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Tracking;

/// <summary>The sink alone: runs that are gone on with, and stores that others have written to.</summary>
public sealed class MlflowTrackerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_resumed_run_goes_on_in_the_same_run_and_takes_back_what_comes_again()
    {
        (Recipe recipe, RunFolder folder) = Claimed("run", "matting");
        MlflowTracker killed = MlflowTracker.Of(recipe)!;
        killed.Starting(Overview(folder));
        for (int step = 1; step <= 5; step++)
            killed.StepTaken(Step(step));
        killed.EpochDone(Epoch(1, 0.5));
        killed.EpochDone(Epoch(2, 0.4));
        string run = OnlyRun("matting");
        // killed in the middle of a line; nothing was said of an end
        File.AppendAllText(Path.Combine(run, "metrics", "step_loss"), "17000");
        string started = (string)MlflowFiles.Meta(run)["start_time"]!;
        Assert.Equal("1", MlflowFiles.Meta(run)["status"]);

        using MlflowTracker resumed = MlflowTracker.Of(recipe)!;
        resumed.Starting(Overview(folder) with { Resumed = true, StepsDone = 3, History = [Epoch(1, 0.5)] });
        Assert.Null(MlflowFiles.Meta(run)["end_time"]);
        resumed.StepTaken(Step(4));
        resumed.StepTaken(Step(5));
        resumed.EpochDone(Epoch(2, 0.3));
        resumed.Finish(new TrainingResult { Folder = folder, Epochs = 2, PlannedEpochs = 2, Best = null, PeakMemoryBytes = null });

        Assert.Equal(run, OnlyRun("matting"));
        Assert.Equal([1, 2, 3, 4, 5], MlflowFiles.Metric(run, "step_loss").Select(line => line.Step));
        Assert.Equal([(0.5, 1L), (0.3, 2L)], MlflowFiles.Metric(run, "val_mse").Select(line => (line.Value, line.Step)));
        Assert.Equal(("3", started), (MlflowFiles.Meta(run)["status"], (string)MlflowFiles.Meta(run)["start_time"]!));
    }

    [Fact]
    public void A_run_whose_store_is_gone_begins_anew()
    {
        (Recipe recipe, RunFolder folder) = Claimed("run", "matting");
        using (MlflowTracker first = MlflowTracker.Of(recipe)!)
            first.Starting(Overview(folder));
        Directory.Delete(_folder.File("mlruns"), recursive: true);
        File.WriteAllText(_folder.File("run", "mlflow.json"), "{");
        using MlflowTracker second = MlflowTracker.Of(recipe)!;
        second.Starting(Overview(folder));
        Assert.Equal("1", MlflowFiles.Meta(OnlyRun("matting"))["status"]);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("it's: a #test, {of} names")]
    [InlineData("Maße \"über\" alles")]
    public void Experiments_are_found_by_their_names(string name)
    {
        foreach (string output in (string[])["a", "b"])
        {
            (Recipe recipe, RunFolder folder) = Claimed(output, name);
            using MlflowTracker tracker = MlflowTracker.Of(recipe)!;
            tracker.Starting(Overview(folder));
        }
        Assert.Equal(2, MlflowFiles.Runs(MlflowFiles.Experiment(_folder.File("mlruns"), name)).Length);
    }

    [Fact]
    public void Deleted_damaged_and_foreign_experiments_are_passed_over()
    {
        _folder.Text("mlruns/1/meta.yaml", "artifact_location: file:///x\nexperiment_id: '1'\nlifecycle_stage: deleted\nname: matting\n");
        _folder.Text("mlruns/2/meta.yaml", "{ not: [yaml");
        _folder.Text("mlruns/3/meta.yaml", "experiment_id: '33'\nlifecycle_stage: active\nname: matting\n");
        _folder.Text("mlruns/models/readme.txt", "the model registry");
        _folder.Text("mlruns/5/meta.yaml", "artifact_location: s3://bucket\nexperiment_id: '5'\nlifecycle_stage: active\nname: matting\ntags:\n- a\n");
        (Recipe recipe, RunFolder folder) = Claimed("run", "matting");
        using MlflowTracker tracker = MlflowTracker.Of(recipe)!;
        tracker.Starting(Overview(folder));
        string run = Assert.Single(MlflowFiles.Runs(_folder.File("mlruns", "5")));
        // the files are where the run is, whatever the experiment's own place is
        Assert.Equal(new Uri(Path.Combine(run, "artifacts")).AbsoluteUri, MlflowFiles.Meta(run)["artifact_uri"]);
    }

    [Fact]
    public void Addresses_of_odd_folders_lead_back_to_them()
    {
        foreach (string name in (string[])["a b", "c#d", "e%20f", "g?h", "ü"])
            Assert.Equal(_folder.File(name), new Uri(MlflowStore.UriOf(_folder.File(name))).LocalPath);
        Assert.EndsWith("/a%20b", MlflowStore.UriOf(_folder.File("a b")), StringComparison.Ordinal);
        Assert.EndsWith("/e%2520f", MlflowStore.UriOf(_folder.File("e%20f")), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_and_logs_that_change_are_copied_again_and_half_written_ones_are_not()
    {
        (Recipe recipe, RunFolder folder) = Claimed("run", "matting");
        using MlflowTracker tracker = MlflowTracker.Of(recipe)!;
        tracker.Starting(Overview(folder));
        string run = OnlyRun("matting");
        _folder.Text("run/pictures/epoch_1.png", "one");
        _folder.Text("run/pictures/.epoch_2.png.1.tmp", "half");
        _folder.Text("run/log.jsonl", "{}");
        tracker.EpochDone(Epoch(1, 0.5));
        _folder.Text("run/log.jsonl", "{}{}");
        tracker.EpochDone(Epoch(2, 0.5));
        Assert.Equal(["epoch_1.png"], Directory.GetFiles(Path.Combine(run, "artifacts", "pictures")).Select(Path.GetFileName));
        Assert.Equal("{}{}", File.ReadAllText(Path.Combine(run, "artifacts", "log.jsonl")));
    }

    [Fact]
    public void Without_a_folder_there_is_no_tracker() => Assert.Null(MlflowTracker.Of(TinyRuns.Recipe(_folder, "run")));

    private string OnlyRun(string experiment) => Assert.Single(MlflowFiles.Runs(MlflowFiles.Experiment(_folder.File("mlruns"), experiment)));

    private (Recipe Recipe, RunFolder Folder) Claimed(string output, string experiment)
    {
        Recipe recipe = TinyRuns.Recipe(_folder, output) with { Mlflow = new MlflowRecipe { Folder = _folder.File("mlruns"), Experiment = experiment } };
        return (recipe, RunFolder.Claim(recipe));
    }

    private static RunOverview Overview(RunFolder folder) => new()
    {
        Folder = folder,
        Network = "u2netp",
        Parameters = 1,
        Init = "random",
        Device = "cpu",
        Threads = 1,
        Compute = "fp32",
        Allocator = "system",
        Engine = "none",
        TrainSamples = 5,
        ValSamples = 3,
        Epochs = 2,
        StepsPerEpoch = 3,
    };

    private static StepReport Step(int step) => new()
    {
        Epoch = (step + 2) / 3,
        Step = (step - 1) % 3 + 1,
        RunStep = step,
        Result = new StepResult(1.0 / step, 0.1, 2),
        Lr = 1e-3,
        EpochSamples = 2 * step,
        EpochLoss = 0.5,
        EpochMse = 0.1,
        EpochTime = TimeSpan.FromSeconds(step),
        EpochWaited = TimeSpan.Zero,
    };

    private static EpochReport Epoch(int epoch, double valMse) => new()
    {
        Epoch = epoch,
        Step = 3 * epoch,
        TrainLoss = 0.2,
        TrainMse = 0.1,
        ValMse = valMse,
        Lr = 1e-3,
        TrainTime = TimeSpan.FromSeconds(1),
        SamplesPerSecond = 5,
        DataWaitShare = 0,
        PeakMemoryBytes = null,
        SavedBest = null,
    };
}
