using Matting.CommandLine;
using Matting.Testing;
using Matting.Trainer.Cli;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Cli;

public sealed class TrainingConsoleTests : IDisposable
{
    private const string Erase = "\r\u001b[K";
    private readonly TempFolder _folder = new();
    private readonly HandClock _clock = new();
    private readonly StringWriter _terminal = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _output.Dispose();
        _terminal.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Everything_worth_knowing_of_a_run_fits_a_terminal_of_80_columns()
    {
        using TrainingConsole console = Start(columns: 80, epochs: 12, steps: 250);

        Pass(2);
        console.StepTaken(Step(epoch: 3, step: 120, samples: 480, seconds: 40, waited: 0.5));

        Assert.Equal("epoch 3/12 step 120/250 loss 0.0321 mse 0.0123 12.0 img/s wait 1 % 13:14 left", Drawn());
    }

    [Fact]
    public void A_wide_terminal_shows_what_is_left_of_the_epoch_too()
    {
        using TrainingConsole console = Start(columns: 140, epochs: 12, steps: 250);

        Pass(2);
        console.StepTaken(Step(epoch: 3, step: 120, samples: 480, seconds: 40, waited: 0.5));

        Assert.Equal("epoch 3/12  step 120/250  loss 0.0321  mse 0.0123  12.0 img/s  wait 1 %  13:14 left  (epoch 0:44)", Drawn());
    }

    [Theory]
    [InlineData(76, "epoch 3/12 step 120/250 loss 0.0321 mse 0.0123 12.0 img/s 13:14 left")]
    [InlineData(60, "epoch 3/12 step 120/250 loss 0.0321 mse 0.0123 13:14 left")]
    [InlineData(40, "epoch 3/12 step 120/250 13:14 left")]
    [InlineData(12, "epoch 3/12")]
    [InlineData(8, "epoch 3")]
    public void A_narrow_terminal_loses_the_least_important_first(int columns, string shown)
    {
        using TrainingConsole console = Start(columns, epochs: 12, steps: 250);

        Pass(2);
        console.StepTaken(Step(epoch: 3, step: 120, samples: 480, seconds: 40, waited: 0.5));

        Assert.Equal(shown, Drawn());
        Assert.True(shown.Length < columns);
    }

    [Fact]
    public void A_validation_counts_from_the_last_step_of_its_epoch_so_that_its_first_rate_is_true()
    {
        using TrainingConsole console = Start(columns: 120, epochs: 2, steps: 2);

        console.StepTaken(Step(epoch: 1, step: 2, samples: 1000, seconds: 100, waited: 0));
        Assert.Equal("epoch 1/2  validate 0/20", Drawn());
        Pass(4);
        console.Validated(1, 8);

        // 12 more samples of half a second, then an epoch of 100 s and its validation of 10 s
        Assert.Equal("epoch 1/2  validate 8/20  2.0 img/s  1:56 left  (epoch 0:06)", Drawn());
    }

    [Fact]
    public void A_run_that_goes_on_in_the_middle_of_a_validation_shows_no_rate_before_it_knows_one()
    {
        using TrainingConsole console = Start(columns: 120, epochs: 2, steps: 2);

        Pass(2);
        console.Validated(1, 8);
        Assert.Equal("epoch 1/2  validate 8/20", Drawn());
        Pass(4);
        console.Validated(1, 8);

        Assert.StartsWith("epoch 1/2  validate 16/20  2.0 img/s", Drawn(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_validations_take_is_part_of_what_is_left_of_the_run()
    {
        using TrainingConsole console = Start(columns: 120, epochs: 3, steps: 2);

        console.StepTaken(Step(epoch: 1, step: 2, samples: 1000, seconds: 100, waited: 0));
        Pass(10);
        console.Validated(1, 20);
        Pass(50);
        console.StepTaken(Step(epoch: 2, step: 1, samples: 500, seconds: 50, waited: 0));

        // half an epoch, a validation, an epoch, a validation
        Assert.Contains("2:50 left  (epoch 0:50)", Drawn(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirected_stderr_gets_nothing_and_stdout_only_whole_lines()
    {
        using TrainingConsole console = new(_output, new StatusLine(_terminal, TerminalStyle.Silent, _clock), _clock);
        console.Starting(Run(epochs: 1, steps: 1));
        console.StepTaken(Step(epoch: 1, step: 1, samples: 10, seconds: 1, waited: 0));
        console.Validated(1, 20);
        console.Noticed("a note");

        Assert.Empty(_terminal.ToString());
        Assert.DoesNotContain('\r', _output.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal));
        Assert.EndsWith($"note       a note{Environment.NewLine}", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(8.2, "0:09")]
    [InlineData(250, "4:10")]
    [InlineData(3599.5, "1:00:00")]
    [InlineData(7805, "2:10:05")]
    [InlineData(-3, "0:00")]
    public void Remaining_time_reads_like_a_clock(double seconds, string text) =>
        Assert.Equal(text, TrainingProgress.Clock(TimeSpan.FromSeconds(seconds)));

    private TrainingConsole Start(int columns, int epochs, int steps)
    {
        TrainingConsole console = new(_output, new StatusLine(_terminal, new TerminalStyle { Overwrites = true, Colours = false, Width = columns }, _clock), _clock);
        console.Starting(Run(epochs, steps));
        return console;
    }

    private RunOverview Run(int epochs, int steps) => new()
    {
        Folder = RunFolder.Claim(new Recipe { Output = _folder.File("run") }),
        Network = "u2netp",
        Parameters = 1_131_181,
        Init = "random",
        Device = "cpu",
        Threads = 2,
        Compute = "fp32, channels_last",
        Allocator = "keep",
        Engine = "engine",
        TrainSamples = 1000,
        ValSamples = 20,
        Epochs = epochs,
        StepsPerEpoch = steps,
    };

    private static StepReport Step(int epoch, int step, long samples, double seconds, double waited) => new()
    {
        Epoch = epoch,
        Step = step,
        RunStep = step,
        Result = new StepResult(0.5, 0.25, 4),
        Lr = 1e-3,
        EpochSamples = samples,
        EpochLoss = 0.0321,
        EpochMse = 0.0123,
        EpochTime = TimeSpan.FromSeconds(seconds),
        EpochWaited = TimeSpan.FromSeconds(waited),
    };

    private void Pass(double seconds) => _clock.Pass(TimeSpan.FromSeconds(seconds));

    private string Drawn()
    {
        string all = _terminal.ToString();
        return all[(all.LastIndexOf(Erase, StringComparison.Ordinal) + Erase.Length)..];
    }
}
