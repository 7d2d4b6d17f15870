using Matting.Trainer.Cli;
using Matting.Trainer.Training;
using Matting.Trainer.Training.Resuming;

namespace Matting.Trainer.Tests.Cli;

public sealed class InterruptPromptTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SaveRequest _save = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _stop.Dispose();
        _output.Dispose();
    }

    [Theory]
    [InlineData("c", false, false)]
    [InlineData("", false, false)]
    [InlineData("Continue", false, false)]
    [InlineData("s", true, false)]
    [InlineData(" SAVE ", true, false)]
    [InlineData("t", false, true)]
    [InlineData("stop", false, true)]
    [InlineData("q", false, true)]
    [InlineData("what\nst\ns", true, false)]
    public void The_answer_decides(string typed, bool saves, bool stops)
    {
        InterruptPrompt prompt = Prompt(typed + "\n");

        Assert.True(prompt.Take());
        Step(prompt);

        Assert.Equal((saves, stops), (_save.Take(), _stop.IsCancellationRequested));
        Assert.Equal(typed.Split('\n').Length, _output.ToString().Split("[c]ontinue, [s]ave and continue, s[t]op? ").Length - 1);
    }

    [Fact]
    public void Nothing_is_asked_before_Ctrl_C_and_again_only_after_the_next_one()
    {
        InterruptPrompt prompt = Prompt("c\nc\n");
        Step(prompt);
        Assert.Empty(_output.ToString());

        prompt.Take();
        Step(prompt);
        string once = _output.ToString();
        Step(prompt);
        Assert.Equal(once, _output.ToString());

        Assert.True(prompt.Take());
        ((ITrainingObserver)prompt).Validated(1, 1);
        Assert.True(_output.ToString().Length > once.Length);
    }

    [Fact]
    public void A_terminal_that_is_gone_stops()
    {
        InterruptPrompt prompt = Prompt("");
        prompt.Take();
        Step(prompt);
        Assert.True(_stop.IsCancellationRequested);
    }

    [Fact]
    public void A_second_Ctrl_C_is_not_taken_and_ends_the_question()
    {
        using BlockedReader nobody = new(() => _stop.Cancel());
        InterruptPrompt prompt = new(nobody, _output, _save, _stop);

        Assert.True(prompt.Take());
        Assert.False(prompt.Take());
        Step(prompt);

        Assert.False(_save.Take());
    }

    [Fact]
    public void A_state_that_was_asked_for_is_told()
    {
        InterruptPrompt prompt = Prompt("s\n");
        ((ITrainingObserver)prompt).StateSaved("a");
        prompt.Take();
        Step(prompt);
        ((ITrainingObserver)prompt).StateSaved("b");
        ((ITrainingObserver)prompt).StateSaved("c");
        Assert.EndsWith($"saved b{Environment.NewLine}", _output.ToString(), StringComparison.Ordinal);
    }

    private InterruptPrompt Prompt(string typed) => new(new StringReader(typed), _output, _save, _stop);

    private static void Step(ITrainingObserver observer) => observer.StepTaken(new StepReport
    {
        Epoch = 1,
        Step = 1,
        RunStep = 1,
        Result = default,
        Lr = 1,
        EpochSamples = 1,
        EpochLoss = 1,
        EpochMse = 1,
        EpochTime = TimeSpan.FromSeconds(1),
        EpochWaited = TimeSpan.Zero,
    });

    /// <summary>A terminal at which nobody answers.</summary>
    private sealed class BlockedReader(Action asked) : TextReader
    {
        private readonly ManualResetEventSlim _never = new();

        public override string? ReadLine()
        {
            asked();
            _never.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            _never.Set();
            base.Dispose(disposing);
        }
    }
}
