using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

public sealed class UnreadableSampleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_stopped_at_an_unreadable_picture_goes_on_when_it_is_mended()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "whole");
        TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        byte[] good = File.ReadAllBytes(_folder.File("train3.png"));
        File.WriteAllText(_folder.File("train3.png"), "gone");

        TrainingException e = Assert.Throws<TrainingException>(() => TrainingRun.Run(recipe with { Output = _folder.File("mended") }, new CollectingObserver(), Stop));
        File.WriteAllBytes(_folder.File("train3.png"), good);
        TrainingRun.Resume(_folder.File("mended"), [], new CollectingObserver(), save: null, Stop);

        Assert.Contains("train.csv row 5: ", e.Message, StringComparison.Ordinal);
        RunFiles.AssertSame(_folder.File("whole"), _folder.File("mended"));
    }

    [Fact]
    public void On_request_another_sample_stands_in_which_is_counted_and_said_once_whatever_the_workers()
    {
        Recipe recipe = Skipping("one");
        File.WriteAllText(_folder.File("train3.png"), "gone");
        CollectingObserver observer = new();

        TrainingRun.Run(recipe, observer, Stop);
        TrainingRun.Run(recipe with { Output = _folder.File("five"), Data = recipe.Data with { Workers = 5 } }, new CollectingObserver(), Stop);

        Assert.Equal([1L, 1L], observer.Epochs.Select(epoch => epoch.Unreadable));
        Assert.Equal([2, 2, 1, 2, 2, 1], observer.Steps.Select(step => step.Result.Samples));
        string notice = Assert.Single(observer.Notices, text => text.Contains("stands in", StringComparison.Ordinal));
        Assert.Contains("train.csv row 5: ", notice, StringComparison.Ordinal);
        Assert.Equal(RunFiles.Rows(_folder.File("one")), RunFiles.Rows(_folder.File("five")));
        Assert.Equal(File.ReadAllBytes(_folder.File("one", "u2netp_best.pth")), File.ReadAllBytes(_folder.File("five", "u2netp_best.pth")));
        Assert.EndsWith(",unreadable,saved", RunFiles.Rows(_folder.File("one"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_with_nothing_readable_is_an_error()
    {
        Recipe recipe = Skipping("run");
        for (int i = 0; i < 5; i++)
            File.WriteAllText(_folder.File($"train{i}.png"), "gone");

        TrainingException e = Assert.Throws<TrainingException>(() => TrainingRun.Run(recipe, new CollectingObserver(), Stop));

        Assert.Contains("none of the 5 samples can be read; one of them: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_validation_an_unreadable_picture_stops_in_any_case()
    {
        Recipe recipe = Skipping("run");
        File.WriteAllText(_folder.File("val1.png"), "gone");

        Assert.Contains("val.csv row 3", Assert.ThrowsAny<TrainingException>(() => TrainingRun.Run(recipe, new CollectingObserver(), Stop)).Message, StringComparison.Ordinal);
    }

    private Recipe Skipping(string output)
    {
        Recipe recipe = TinyRuns.Recipe(_folder, output);
        return recipe with { Data = recipe.Data with { Unreadable = "skip" } };
    }
}
