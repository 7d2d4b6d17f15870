using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

/// <summary>What has changed or was damaged since a run was stopped.</summary>
public sealed class ResumeRefusalTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _run;

    public ResumeRefusalTests()
    {
        _run = _folder.File("run");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        CollectingObserver observer = new() { OnStep = (epoch, step) => { if ((epoch, step) == (2, 1)) stop.Cancel(); } };
        TrainingRun.Run(TinyRuns.Recipe(_folder, "run", epochs: 3), observer, stop.Token);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Samples_that_have_changed_are_named()
    {
        string csv = _folder.File("train.csv"), before = File.ReadAllText(csv);
        File.WriteAllText(csv, before + "train0.png,train0_alpha.png\n");
        Assert.EndsWith(
            "train.csv: these are not the samples the run began with (it had 5 samples then and has 6 now); a run goes on with the same ones only",
            Refusal(), StringComparison.Ordinal);

        string[] lines = before.TrimEnd().Split('\n');
        File.WriteAllText(csv, string.Join('\n', [lines[0], .. lines.Skip(1).Reverse()]) + "\n");
        Assert.Contains("(its content has changed)", Refusal(), StringComparison.Ordinal);

        // the same samples at another place are the same samples
        File.WriteAllText(csv, "gone");
        File.WriteAllText(_folder.File("moved.csv"), before);
        Assert.Equal(3, Resume($"data.train={_folder.File("moved.csv")}").Epochs);
    }

    [Theory]
    [InlineData("optimiser.lr=1", "optimiser.lr was 0.002, is 1")]
    [InlineData("seed=8", "seed was 7, is 8")]
    [InlineData("epochs=1", "epochs was 3, is 1, but the run is in epoch 2 already")]
    [InlineData("output=elsewhere", "output: a resumed run stays in its folder")]
    public void Settings_that_decide_what_is_learnt_may_not_change(string setting, string said)
    {
        Assert.Contains(said, Refusal(setting), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_that_was_edited_or_is_gone_is_an_error()
    {
        string recipe = Path.Combine(_run, "recipe.yaml");
        File.WriteAllText(recipe, File.ReadAllText(recipe).Replace("batch: 2\n", "batch: 3\n", StringComparison.Ordinal));
        Assert.Contains("batch was 2, is 3", Refusal(), StringComparison.Ordinal);

        File.Delete(recipe);
        Assert.EndsWith("recipe.yaml: the recipe of the run is missing; without it the run cannot go on", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_over_all_epochs_is_not_stretched()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "poly", epochs: 1) with { Schedule = new PolyScheduleRecipe() };
        TrainingRun.Run(recipe, new CollectingObserver(), TestContext.Current.CancellationToken);

        TrainingException e = Assert.Throws<TrainingException>(
            () => TrainingRun.Resume(_folder.File("poly"), ["epochs=2"], new CollectingObserver(), save: null, TestContext.Current.CancellationToken));

        Assert.StartsWith("epochs was 1, is 2: the learning rate has followed a curve", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(-1)]
    public void A_state_that_was_cut_off_is_refused(int length)
    {
        string state = Path.Combine(_run, "state.pth");
        byte[] content = File.ReadAllBytes(state);
        File.WriteAllBytes(state, content[..(length < 0 ? content.Length + length : length)]);

        Assert.StartsWith(state, Assert.Throws<WeightsFormatException>(() => Resume()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_state_of_a_run_or_one_of_another_network_is_refused()
    {
        string state = Path.Combine(_run, "state.pth");
        PickleDict root = (PickleDict)PthFile.Read(state).Root;
        PthFile.Write(state, new PickleDict { { "model_state", root["model_state"] } });
        Assert.Contains("is not the state of a run", Assert.Throws<WeightsFormatException>(() => Resume()).Message, StringComparison.Ordinal);

        root["model_state"] = new PickleDict { { "conv.weight", WeightTensor.FromFloat32([1], 1) } };
        PthFile.Write(state, root);
        Assert.Contains(state, Assert.Throws<Matting.Shared.Networks.StateMismatchException>(() => Resume()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_contradicts_itself_is_refused_by_the_name_of_the_entry()
    {
        string state = Path.Combine(_run, "state.pth");
        PickleDict root = (PickleDict)PthFile.Read(state).Root, progress = (PickleDict)root["progress"];
        progress["epoch"] = 7;
        PthFile.Write(state, root);
        Assert.Contains("'progress.epochs': expected the 6 epochs before epoch 7", Assert.Throws<WeightsFormatException>(() => Resume()).Message, StringComparison.Ordinal);

        progress["epoch"] = "two";
        PthFile.Write(state, root);
        Assert.Contains("'progress.epoch': expected a whole number", Assert.Throws<WeightsFormatException>(() => Resume()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_run_whose_state_is_gone_keeps_its_best_checkpoint()
    {
        string state = Path.Combine(_run, "state.pth"), best = Path.Combine(_run, "u2netp_best.pth");
        byte[] kept = File.ReadAllBytes(best);
        File.Delete(state);

        Assert.StartsWith($"{state}: the state of the run is missing, and u2netp_best.pth shows that it has trained", Refusal(), StringComparison.Ordinal);
        Assert.Equal(kept, File.ReadAllBytes(best));
        Assert.False(File.Exists(state));

        File.Delete(best);
        Assert.Contains("and log.csv shows that it has trained", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_best_checkpoint_that_is_gone_or_damaged_is_an_error_before_anything_is_trained()
    {
        string best = Path.Combine(_run, "u2netp_best.pth");
        File.WriteAllBytes(best, File.ReadAllBytes(best)[..5000]);
        Assert.StartsWith(best, Assert.Throws<WeightsFormatException>(() => Resume()).Message, StringComparison.Ordinal);

        File.Delete(best);
        Assert.StartsWith($"{best}: the best checkpoint so far is missing", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Logs_that_were_edited_are_what_they_were_again_and_it_is_said()
    {
        TrainingRun.Run(TinyRuns.Recipe(_folder, "whole", epochs: 3), new CollectingObserver(), TestContext.Current.CancellationToken);
        string csv = Path.Combine(_run, "log.csv"), events = Path.Combine(_run, "log.jsonl");
        File.WriteAllText(csv, File.ReadAllText(csv).Replace("1,3,", "1;3;", StringComparison.Ordinal) + "note\n");
        // what a kill in the middle of a line may leave, and steps that the state does not know
        File.AppendAllText(events, "{\"kind\":\"step\",\"epoch\":2,\"step\":5}\n{\"kind\":\"ste");
        CollectingObserver observer = new();

        TrainingRun.Resume(_run, [], observer, save: null, TestContext.Current.CancellationToken);

        Assert.Equal("log.csv did not have the row of one epoch as it was; it was written anew, without its times", observer.Notices[0]);
        RunFiles.AssertSame(_folder.File("whole"), _run);
    }

    [Fact]
    public void A_log_that_is_gone_begins_where_the_run_goes_on_and_a_broken_environment_anew()
    {
        File.Delete(Path.Combine(_run, "log.jsonl"));
        File.WriteAllText(Path.Combine(_run, "environment.json"), "{broken");
        CollectingObserver observer = new();

        TrainingRun.Resume(_run, [], observer, save: null, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["log.jsonl has lost the lines of steps 1 to 4; nothing else depends on them", "environment.json was not readable and was begun anew"],
            observer.Notices.Take(2));
        Assert.StartsWith("{\"kind\":\"step\",\"epoch\":2,\"step\":5,", File.ReadAllLines(Path.Combine(_run, "log.jsonl"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_run_is_an_error()
    {
        Directory.CreateDirectory(_folder.File("empty"));
        TrainingException e = Assert.Throws<TrainingException>(() => TrainingRun.Resume(_folder.File("empty"), [], new CollectingObserver(), save: null, TestContext.Current.CancellationToken));
        Assert.EndsWith("empty: there is no run in it (no recipe.yaml, no state.pth)", e.Message, StringComparison.Ordinal);
    }

    private string Refusal(params string[] overrides) => Assert.Throws<TrainingException>(() => Resume(overrides)).Message;

    private TrainingResult Resume(params string[] overrides) =>
        TrainingRun.Resume(_run, overrides, new CollectingObserver(), save: null, TestContext.Current.CancellationToken);
}
