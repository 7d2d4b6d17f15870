using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;
using Matting.Trainer.Configuration;
using Matting.Trainer.Data;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Trainer.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    // entries of U2NETP's state_dict, batch counts included
    private const int StateEntries = 798;

    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_bytes_whatever_the_number_of_workers()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "one");
        CollectingObserver first = new(), second = new();

        TrainingResult one = TrainingRun.Run(recipe, first, Stop);
        TrainingResult two = TrainingRun.Run(recipe with { Output = _folder.File("two"), Data = recipe.Data with { Workers = 5 } }, second, Stop);

        Assert.Equal(File.ReadAllBytes(one.Folder.BestPath), File.ReadAllBytes(two.Folder.BestPath));
        Assert.Equal(first.Steps, second.Steps);
        Assert.Equal(first.Epochs.Select(epoch => (epoch.TrainLoss, epoch.ValMse)), second.Epochs.Select(epoch => (epoch.TrainLoss, epoch.ValMse)));
        Assert.False(one.Interrupted);
        Assert.Equal(2, one.Epochs);
    }

    [Fact]
    public void A_run_reports_its_steps_and_leaves_recipe_log_and_best_checkpoint()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run") with { Schedule = new PolyScheduleRecipe { MinLr = 1e-5 } };
        CollectingObserver observer = new();

        TrainingResult result = TrainingRun.Run(recipe, observer, Stop);

        // five samples in batches of two: three steps, the last of one sample
        Assert.Equal([(1, 1, 2), (1, 2, 2), (1, 3, 1), (2, 1, 2), (2, 2, 2), (2, 3, 1)], observer.Steps.Select(step => (step.Epoch, step.Step, step.Result.Samples)));
        Assert.Equal([2, 1, 2, 1], observer.Validated);
        Assert.Equal((1_131_181L, 5, 3, 3, 1), (observer.Run!.Parameters, observer.Run.TrainSamples, observer.Run.ValSamples, observer.Run.StepsPerEpoch, observer.Run.Threads));

        string[] log = File.ReadAllLines(result.Folder.LogPath);
        Assert.Equal(3, log.Length);
        Assert.StartsWith("epoch,step,train_loss,train_mse,val_mse,lr,", log[0], StringComparison.Ordinal);
        Assert.StartsWith("1,3,", log[1], StringComparison.Ordinal);
        Assert.StartsWith("2,6,", log[2], StringComparison.Ordinal);
        Assert.Equal(1e-5, observer.Epochs[1].Lr, 1e-9);

        Recipe stored = RecipeFile.Load(result.Folder.RecipePath);
        Assert.Equal(recipe, stored);

        INetwork network = NetworkCatalogue.Create("u2netp");
        PickleDict root = Assert.IsType<PickleDict>(PthFile.Read(result.Folder.BestPath).Root);
        Assert.Equal(["model_state"], root.Keys.Select(key => ((PickleString)key).Value));
        StrictLoading.Check(network, WeightsFile.Load(result.Folder.BestPath), result.Folder.BestPath);
        Assert.Equal(observer.Epochs.MinBy(epoch => epoch.ValMse), result.Best);
    }

    [Fact]
    public void A_step_of_several_batches_counts_as_one_and_the_last_of_an_epoch_has_what_is_left()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run") with
        {
            Accumulate = 2,
            Loss = new AlphaCompositeLossRecipe(),
            Optimiser = new AdamWRecipe { Lr = 2e-3, ClipNorm = 1 },
            Schedule = new CosineScheduleRecipe { Warmup = 0.5, MinLr = 1e-5 },
        };
        CollectingObserver observer = new();

        TrainingResult result = TrainingRun.Run(recipe, observer, Stop);

        // five samples in batches of two, two batches a step
        Assert.Equal([(1, 1, 4), (1, 2, 1), (2, 1, 4), (2, 2, 1)], observer.Steps.Select(step => (step.Epoch, step.Step, step.Result.Samples)));
        Assert.Equal(2, observer.Run!.StepsPerEpoch);
        Assert.Equal([2L, 4L], observer.Epochs.Select(epoch => epoch.Step));
        Assert.Equal(1e-5, observer.Epochs[1].Lr, 1e-12);
        // every batch went through batch-norm
        Assert.Equal(6, WeightsFile.Load(result.Folder.BestPath)["stage1.rebnconvin.bn_s1.num_batches_tracked"].AsInt64Span()[0] * 2 / result.Best!.Epoch);
    }

    [Fact]
    public void Averaged_weights_are_judged_and_kept_beside_the_others_and_change_nothing_of_them()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "plain");
        TrainingResult plain = TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        CollectingObserver observer = new();
        TrainingResult result = TrainingRun.Run(recipe with { Output = _folder.File("averaged"), Ema = new EmaRecipe { Decay = 0.5 } }, observer, Stop);

        Assert.Equal(File.ReadAllBytes(plain.Folder.BestPath), File.ReadAllBytes(result.Folder.BestPath));
        Assert.Null(plain.BestEma);
        Assert.False(File.Exists(plain.Folder.BestEmaPath));
        Assert.EndsWith(",peak_memory_mib,saved", File.ReadAllLines(plain.Folder.LogPath)[0], StringComparison.Ordinal);
        Assert.EndsWith("u2netp_best_ema.pth", result.Folder.BestEmaPath, StringComparison.Ordinal);
        Assert.Equal(observer.Epochs.MinBy(epoch => epoch.EmaValMse), result.BestEma);
        Assert.Equal(2, observer.Run!.Validations);
        Assert.Equal(12, observer.Validated.Sum());
        StateDict weights = WeightsFile.Load(result.Folder.BestEmaPath);
        StrictLoading.Check(NetworkCatalogue.Create("u2netp"), weights, result.Folder.BestEmaPath);
        Assert.NotEqual(WeightsFile.Load(result.Folder.BestPath)["outconv.weight"].ToFloat32(), weights["outconv.weight"].ToFloat32());

        Assert.EndsWith(",saved,ema_val_mse,saved_ema", File.ReadAllLines(result.Folder.LogPath)[0], StringComparison.Ordinal);
        IReadOnlyDictionary<string, double> figures = TrainingLog.FiguresOf(result.Folder.LogPath, "u2netp_best_ema.pth");
        Assert.Equal((result.BestEma!.EmaValMse, (double)result.BestEma.Epoch), (figures["mse"], figures["epoch"]));
        Assert.Equal(result.Best!.ValMse, TrainingLog.FiguresOf(result.Folder.LogPath, "u2netp_best.pth")["mse"]);
        Assert.Equal(plain.Best!.ValMse, TrainingLog.FiguresOf(plain.Folder.LogPath, "u2netp_best.pth")["mse"]);
        Assert.Empty(TrainingLog.FiguresOf(plain.Folder.LogPath, "u2netp_best_ema.pth"));
    }

    [Fact]
    public void An_earlier_run_of_the_folder_keeps_its_files()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run", epochs: 1);
        TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        byte[] before = File.ReadAllBytes(_folder.File("run/u2netp_best.pth"));

        TrainingResult second = TrainingRun.Run(recipe with { Seed = 8 }, new CollectingObserver(), Stop);

        Assert.Equal(2, second.Folder.Number);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("run/u2netp_best.pth")));
        Assert.Equal(
            [
                "environment.json", "environment_2.json", "log.csv", "log.jsonl", "log_2.csv", "log_2.jsonl", "recipe.yaml", "recipe_2.yaml",
                "state.pth", "state_2.pth", "u2netp_best.pth", "u2netp_best_2.pth",
            ],
            Directory.GetFiles(_folder.File("run")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(2, 2, 1)]
    public void Stopped_in_the_middle_of_an_epoch_it_leaves_whole_files(int stopEpoch, int stopStep, int epochsDone)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        CollectingObserver observer = new()
        {
            OnStep = (epoch, step) =>
            {
                if ((epoch, step) == (stopEpoch, stopStep))
                    stop.Cancel();
            },
        };

        TrainingResult result = TrainingRun.Run(TinyRuns.Recipe(_folder, "run", epochs: 5), observer, stop.Token);

        Assert.True(result.Interrupted);
        Assert.Equal(epochsDone, result.Epochs);
        Assert.Equal((stopEpoch, stopStep), (observer.Steps[^1].Epoch, observer.Steps[^1].Step));
        Assert.Equal(epochsDone > 0, File.Exists(result.Folder.BestPath));
        Assert.Equal(epochsDone > 0, result.Best is not null);
        Assert.DoesNotContain(Directory.GetFiles(result.Folder.Folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        if (epochsDone > 0)
            Assert.Equal(StateEntries, WeightsFile.Load(result.Folder.BestPath).Count);
    }

    [Fact]
    public void Training_goes_on_from_the_weights_it_is_given()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "first", epochs: 1);
        TrainingResult first = TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        CollectingObserver observer = new();

        // a step too small to change anything: the validation of the loaded weights, but for their statistics
        TrainingRun.Run(recipe with { Output = _folder.File("second"), Init = first.Folder.BestPath, Optimiser = new AdamWRecipe { Lr = 1e-12, WeightDecay = 0 } }, observer, Stop);

        StateDict before = WeightsFile.Load(first.Folder.BestPath), after = WeightsFile.Load(_folder.File("second/u2netp_best.pth"));
        Near.AssertClose(before["outconv.weight"].ToFloat32(), after["outconv.weight"].ToFloat32(), 1e-9);
        Assert.NotEqual(before["stage1.rebnconvin.bn_s1.running_mean"].ToFloat32(), after["stage1.rebnconvin.bn_s1.running_mean"].ToFloat32());
    }

    [Fact]
    public void Weights_of_another_network_are_refused_with_the_names_that_do_not_fit()
    {
        string file = _folder.File("other.pth");
        PthFile.Write(file, new StateDict { { "conv.weight", WeightTensor.FromFloat32([1], 1) } });

        StateMismatchException e = Assert.Throws<StateMismatchException>(
            () => TrainingRun.Run(TinyRuns.Recipe(_folder, "run") with { Init = file }, new CollectingObserver(), Stop));

        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_with_epoch_step_and_ranges()
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        StateDict broken = new();
        foreach ((string name, WeightTensor tensor) in NetworkInitialiser.Create(network, 1))
            broken.Add(name, name == "outconv.bias" ? WeightTensor.FromFloat32([float.NaN], 1) : tensor);
        PthFile.Write(_folder.File("broken.pth"), broken);
        Recipe recipe = TinyRuns.Recipe(_folder, "run") with { Init = _folder.File("broken.pth") };

        TrainingException e = Assert.Throws<TrainingException>(() => TrainingRun.Run(recipe, new CollectingObserver(), Stop));

        Assert.StartsWith("epoch 1 step 1: the loss is NaN: pictures -", e.Message, StringComparison.Ordinal);
        Assert.Contains("alphas 0 to 1, prediction NaN to NaN", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_becomes_unreadable_in_the_middle_stops_with_its_row_and_keeps_the_best_checkpoint()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run", epochs: 3);
        CollectingObserver observer = new()
        {
            OnStep = (epoch, step) =>
            {
                if ((epoch, step) == (2, 1))
                    File.WriteAllText(_folder.File("val1.png"), "gone");
            },
        };

        TrainingException e = Assert.ThrowsAny<TrainingException>(() => TrainingRun.Run(recipe, observer, Stop));

        Assert.Contains("val.csv row 3: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("val1.png", e.Message, StringComparison.Ordinal);
        Assert.Single(observer.Epochs);
        Assert.Equal(StateEntries, WeightsFile.Load(_folder.File("run/u2netp_best.pth")).Count);
    }

    [Fact]
    public void Missing_files_and_wrong_settings_are_found_before_anything_is_made()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run");
        File.Delete(_folder.File("train1.png"));
        File.Delete(_folder.File("val2_alpha.png"));

        SampleTableException missing = Assert.Throws<SampleTableException>(() => TrainingRun.Run(recipe, new CollectingObserver(), Stop));
        Assert.Equal([3, 4], missing.Problems.Select(problem => problem.Row));
        Assert.Throws<SettingsException>(() => TrainingRun.Run(recipe with { Batch = 0 }, new CollectingObserver(), Stop));
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    [Fact]
    public void A_device_that_is_not_there_is_an_error_that_says_what_is_missing()
    {
        Assert.SkipWhen(torch.cuda.is_available(), "SKIPPED: this machine has the device that should be missing");
        Recipe recipe = TinyRuns.Recipe(_folder, "run") with { Machine = new MachineRecipe { Device = "cuda:1", Allocator = "system" } };

        TrainingException e = Assert.Throws<TrainingException>(() => TrainingRun.Run(recipe, new CollectingObserver(), Stop));

        Assert.StartsWith("device cuda:1: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("CUDA", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_leaves_no_tensor_behind()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run", epochs: 1);
        TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        long before = torch.Tensor.TotalCount;

        TrainingRun.Run(recipe, new CollectingObserver(), Stop);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}
