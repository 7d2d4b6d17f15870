using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;
using Matting.Trainer.Training.Resuming;

namespace Matting.Trainer.Tests.Training;

public sealed class ResumeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Schedules => ["plateau", "cosine", "poly"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_run_that_is_stopped_again_and_again_ends_with_the_bytes_of_one_that_never_was(string schedule)
    {
        Recipe recipe = Rich("whole", schedule);
        TrainingRun.Run(recipe, new CollectingObserver(), Stop);

        // after the first step, at the end of an epoch's training, in the middle, in the last epoch
        StopAfter(1, 1, stop => TrainingRun.Run(recipe with { Output = _folder.File("stopped") }, stop.Observer, stop.Token));
        foreach ((int epoch, int step) in ((int, int)[])[(1, 3), (2, 2), (3, 1)])
            StopAfter(epoch, step, stop => TrainingRun.Resume(_folder.File("stopped"), [], stop.Observer, save: null, stop.Token));
        TrainingResult result = TrainingRun.Resume(_folder.File("stopped", "state.pth"), [], new CollectingObserver(), save: null, Stop);

        Assert.Equal((3, false, false), (result.Epochs, result.Interrupted, result.WasFinished));
        RunFiles.AssertSame(_folder.File("whole"), _folder.File("stopped"));
    }

    [Fact]
    public void A_run_that_is_stopped_while_it_validates_trains_nothing_twice()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "whole");
        TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        CollectingObserver first = new() { OnValidated = _ => source.Cancel() }, second = new();

        TrainingRun.Run(recipe with { Output = _folder.File("stopped") }, first, source.Token);
        TrainingRun.Resume(_folder.File("stopped"), [], second, save: null, Stop);

        Assert.Equal([(1, 1), (1, 2), (1, 3)], first.Steps.Select(step => (step.Epoch, step.Step)));
        Assert.Equal([(2, 1), (2, 2), (2, 3)], second.Steps.Select(step => (step.Epoch, step.Step)));
        RunFiles.AssertSame(_folder.File("whole"), _folder.File("stopped"));
    }

    [Fact]
    public void A_run_that_was_finished_says_so_and_trains_longer_when_told()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "long", epochs: 3);
        TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        TrainingResult first = TrainingRun.Run(recipe with { Output = _folder.File("short"), Epochs = 1 }, new CollectingObserver(), Stop);
        CollectingObserver nothing = new();

        TrainingResult again = TrainingRun.Resume(_folder.File("short"), [], nothing, save: null, Stop);
        TrainingRun.Resume(_folder.File("short"), ["epochs=3"], new CollectingObserver(), save: null, Stop);

        Assert.True(again.WasFinished);
        Assert.Equal((1, first.Best!.ValMse), (again.Epochs, again.Best!.ValMse));
        Assert.Null(nothing.Run);
        RunFiles.AssertSame(_folder.File("long"), _folder.File("short"));
        Assert.Equal(3, RecipeFile.Load(_folder.File("short", "recipe.yaml")).Epochs);
    }

    [Fact]
    public void A_run_without_a_state_begins_anew_in_its_place()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "whole", epochs: 1);
        TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        // killed between the recipe and the first state
        RunFolder claimed = RunFolder.Claim(recipe with { Output = _folder.File("killed") });
        Assert.False(File.Exists(claimed.StatePath));

        TrainingRun.Resume(_folder.File("killed"), [], new CollectingObserver(), save: null, Stop);

        RunFiles.AssertSame(_folder.File("whole"), _folder.File("killed"));
    }

    [Fact]
    public void The_newest_run_of_a_folder_goes_on_and_an_older_one_by_its_state()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run", epochs: 2);
        StopAfter(1, 1, stop => TrainingRun.Run(recipe, stop.Observer, stop.Token));
        StopAfter(1, 1, stop => TrainingRun.Run(recipe with { Seed = 8 }, stop.Observer, stop.Token));

        TrainingResult newest = TrainingRun.Resume(_folder.File("run"), [], new CollectingObserver(), save: null, Stop);
        TrainingResult older = TrainingRun.Resume(_folder.File("run", "state.pth"), [], new CollectingObserver(), save: null, Stop);

        Assert.Equal((2, 1), (newest.Folder.Number, older.Folder.Number));
        Assert.NotEqual(File.ReadAllBytes(older.Folder.BestPath), File.ReadAllBytes(newest.Folder.BestPath));
    }

    [Fact]
    public void A_run_that_goes_on_tells_where_it_is_and_what_came_before()
    {
        StopAfter(2, 2, stop => TrainingRun.Run(TinyRuns.Recipe(_folder, "run", epochs: 3), stop.Observer, stop.Token));
        CollectingObserver observer = new();

        TrainingRun.Resume(_folder.File("run"), ["machine.threads=2", "data.workers=1"], observer, save: null, Stop);

        Assert.Equal((true, 5L, 9L), (observer.Run!.Resumed, observer.Run.StepsDone, observer.Run.SamplesDone));
        Assert.Equal([1], observer.Run.History.Select(epoch => epoch.Epoch));
        Assert.Equal(6, observer.Reports[0].RunStep);
        Assert.Equal(5, observer.Reports[0].EpochSamples);
        Assert.Equal("the last digits may differ from a run that never stopped: threads was 1, is 2", observer.Notices[0]);
    }

    [Fact]
    public void The_state_is_saved_at_the_start_after_epochs_when_due_and_when_asked()
    {
        SaveRequest request = new();
        CollectingObserver observer = new() { OnStep = (epoch, step) => { if ((epoch, step) == (1, 1)) request.Ask(); } };

        TrainingRun.Run(TinyRuns.Recipe(_folder, "run") with { Save = new SaveRecipe { EverySteps = 3 } }, observer, request, Stop);

        // start; asked after step 1; step 3 and the end of epoch 1; step 6 and the end of epoch 2
        Assert.Equal([0, 1, 3, 3, 6, 6], observer.StatesAfterSteps);
    }

    private Recipe Rich(string output, string schedule) => TinyRuns.Recipe(_folder, output, epochs: 3) with
    {
        // five samples: steps of two batches of one, the last step has one
        Batch = 1,
        Accumulate = 2,
        Ema = new EmaRecipe { Decay = 0.9 },
        Optimiser = new AdamWRecipe { Lr = 2e-3, ClipNorm = 1 },
        Schedule = schedule switch
        {
            "plateau" => new PlateauScheduleRecipe { Patience = 0, Factor = 0.5, Threshold = 0.5 },
            "cosine" => new CosineScheduleRecipe { Warmup = 0.3 },
            _ => new PolyScheduleRecipe(),
        },
    };

    private static void StopAfter(int epoch, int step, Action<(ITrainingObserver Observer, CancellationToken Token)> run)
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        run((new CollectingObserver { OnStep = (e, s) => { if ((e, s) == (epoch, step)) source.Cancel(); } }, source.Token));
        Assert.True(source.IsCancellationRequested);
    }
}
