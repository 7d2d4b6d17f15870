using System.Text.RegularExpressions;
using Matting.CommandLine;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Tests.Data;

namespace Matting.Trainer.Tests.Cli;

/// <summary>train and export as they are typed, with the real ONNX Runtime.</summary>
public sealed partial class TrainCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _recipe;

    public TrainCommandTests()
    {
        _recipe = _folder.File("recipe.yaml");
        File.WriteAllText(_recipe, """
            epochs: 2
            batch: 3
            data: {workers: 2}
            augment: {crop: 64}
            validation: {size: 64, batch: 2}
            optimiser: {name: adamw, lr: 1e-3}
            machine: {threads: 1, allocator: system}
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_and_export_go_from_pictures_to_a_verified_model()
    {
        TrainerRun trained = Train();
        TrainerRun exported = TrainerRun.Of("export", _folder.File("run"), "--out", _folder.File("model.onnx"));

        Assert.Equal((ExitCodes.Done, ""), (trained.ExitCode, trained.Error));
        Assert.Contains("u2netp, 1,131,181 parameters, init random", trained.Output, StringComparison.Ordinal);
        Assert.Contains("cpu, 1 thread, fp32, channels_last, TorchSharp ", trained.Output, StringComparison.Ordinal);
        Assert.Equal(2, EpochLine().Count(trained.Output));
        Assert.Matches(@"(?m)^ -> saved best model: u2netp_best\.pth \(val_mse=0\.\d{6}\)$", trained.Output.ReplaceLineEndings("\n"));
        Assert.Contains($"best       {_folder.File("run", "u2netp_best.pth")} (epoch ", trained.Output, StringComparison.Ordinal);

        Assert.Equal((ExitCodes.Done, ""), (exported.ExitCode, exported.Error));
        Assert.Contains("verified   Torch and ONNX Runtime ", exported.Output, StringComparison.Ordinal);
        ModelCard card = OnnxFile.Card(OnnxFile.Read(_folder.File("model.onnx")))!;
        Assert.Equal((64, 64), (card.Height, card.Width));
        Assert.InRange(card.Verified!.Maximum, 0, 1e-5);
        Assert.Contains("mse", card.Validation);
    }

    [Theory]
    [InlineData("--size", "96x64", 96, 64)]
    [InlineData("--size", "72", 72, 72)]
    [InlineData("--dynamic", null, null, null)]
    public void Weights_from_elsewhere_are_exported_at_the_size_asked_for(string option, string? value, int? height, int? width)
    {
        string weights = _folder.File("weights.safetensors"), model = _folder.File("model.onnx");
        SafetensorsFile.Write(weights, NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 1));

        string[] size = value is null ? [option] : [option, value];
        TrainerRun run = TrainerRun.Of(["export", weights, "--out", model, "--profile", "unit", .. size]);

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        ModelCard card = OnnxFile.Card(OnnxFile.Read(model))!;
        Assert.Equal((height, width, "unit"), (card.Height, card.Width, card.Profile.Name));
    }

    [Fact]
    public void A_model_in_half_precision_is_verified_too_and_named_after_it()
    {
        string weights = _folder.File("weights.safetensors"), model = _folder.File("model.onnx");
        SafetensorsFile.Write(weights, NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 1));

        TrainerRun run = TrainerRun.Of("export", weights, "--out", model, "--size", "64", "--precision", "fp16");

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains($"model      {model}, 64, fp16, ", run.Output, StringComparison.Ordinal);
        ModelCard card = OnnxFile.Card(OnnxFile.Read(model))!;
        Assert.Equal(ModelPrecision.Float16, card.Precision);
        // weights are rounded to 11 bits
        Assert.InRange(card.Verified!.Maximum, 1e-7, 1e-2);
        TrainerRun.Of("export", weights, "--out", model, "--precision", "half").AssertRefused(ExitCodes.Usage, "--precision half: expected fp32 or fp16");
    }

    [Fact]
    public void Wrong_settings_are_usage_errors_with_all_that_is_wrong()
    {
        TrainerRun run = TrainerRun.Of("train", "--recipe", _recipe, "--set", "optimizer.lr=1", "--set", "epochs=x");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("4 problems in the settings:", run.Error, StringComparison.Ordinal);
        Assert.Contains("optimizer: unknown key; the nearest known one is 'optimiser'", run.Error, StringComparison.Ordinal);
        Assert.Contains("epochs: expected a whole number, found 'x'", run.Error, StringComparison.Ordinal);
        Assert.Contains("data.train: is required", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_that_is_not_there_is_one_line()
    {
        TrainerRun.Of("train", "--recipe", _folder.File("none.yaml")).AssertRefused(ExitCodes.Failed, "none.yaml");
        TrainerRun.Of("train").AssertRefused(ExitCodes.Usage, "--recipe");
    }

    [Fact]
    public void Missing_pictures_are_listed_before_training_starts()
    {
        Tables();
        File.Delete(_folder.File("train1.png"));
        File.Delete(_folder.File("val0_alpha.png"));

        TrainerRun run = Train();

        Assert.Equal((ExitCodes.Failed, ""), (run.ExitCode, run.Output));
        Assert.Contains("train.csv row 3: image_path 'train1.png' does not exist", run.Error, StringComparison.Ordinal);
        Assert.Contains("val.csv row 2: alpha_path 'val0_alpha.png' does not exist", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    [Fact]
    public void An_interrupted_run_ends_with_130_and_says_what_was_saved()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();

        TrainerRun run = Train(stop.Token);

        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Equal($"matting-train: interrupted; to go on: matting-train train --resume {_folder.File("run")}", run.Error.TrimEnd());
        Assert.Contains("stopped    after 0 of 2 epochs", run.Output, StringComparison.Ordinal);
        Assert.Contains("best       none, no epoch was finished", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_interrupted_goes_on_and_one_that_was_finished_says_so()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Train(stop.Token);

        TrainerRun resumed = TrainerRun.Of("train", "--resume", _folder.File("run")), again = TrainerRun.Of("train", "--resume", _folder.File("run"));

        Assert.Equal((ExitCodes.Done, ""), (resumed.ExitCode, resumed.Error));
        Assert.Equal(2, EpochLine().Count(resumed.Output));
        Assert.Equal((ExitCodes.Done, ""), (again.ExitCode, again.Error));
        Assert.StartsWith("finished   already, with 2 epochs; --set epochs=N trains longer", again.Output, StringComparison.Ordinal);
        Assert.Contains($"best       {_folder.File("run", "u2netp_best.pth")} (epoch ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_goes_on_or_begins_but_not_both()
    {
        TrainerRun.Of("train", "--resume", "x", "--recipe", _recipe).AssertRefused(ExitCodes.Usage, "--recipe and --resume exclude each other");
        TrainerRun.Of("train", "--set", "epochs=2").AssertRefused(ExitCodes.Usage, "expected --recipe FILE, or --resume RUN");
        TrainerRun.Of("train", "--resume", _folder.File("none")).AssertRefused(ExitCodes.Failed, "none: there is no such run");
        TrainerRun.Of("train", "--resume", _recipe).AssertRefused(ExitCodes.Failed, "recipe.yaml", "state.pth");
    }

    [Fact]
    public void Export_refuses_what_it_cannot_do()
    {
        TrainerRun.Of("export", _folder.File("none")).AssertRefused(ExitCodes.Failed, "none", "no such run or file");
        TrainerRun.Of("export", "x.pth", "--size", "64", "--dynamic").AssertRefused(ExitCodes.Usage, "--size", "--dynamic");
        TrainerRun.Of("export", "x.pth", "--size", "big").AssertRefused(ExitCodes.Usage, "--size", "big");
        PthFile.Write(_folder.File("other.pth"), new StateDict { { "w", WeightTensor.FromFloat32([1], 1) } });
        TrainerRun other = TrainerRun.Of("export", _folder.File("other.pth"), "--out", _folder.File("model.onnx"));
        Assert.Equal(ExitCodes.Failed, other.ExitCode);
        Assert.Contains("other.pth", other.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("model.onnx")));
    }

    private TrainerRun Train(CancellationToken? stop = null)
    {
        Tables();
        return TrainerRun.Interruptible(stop ?? TestContext.Current.CancellationToken, "train", "--recipe", _recipe,
            "--set", $"data.train={_folder.File("train.csv")}", "--set", $"data.val={_folder.File("val.csv")}", "--set", $"output={_folder.File("run")}");
    }

    private void Tables()
    {
        if (File.Exists(_folder.File("train.csv")))
            return;
        SampleFiles.Write(_folder, "train.csv", 5, 70, 66);
        SampleFiles.Write(_folder, "val.csv", 2, 50, 80, seed: 90);
    }

    [GeneratedRegex(@"(?m)^Epoch \d: train_mse=0\.\d{6} val_mse=0\.\d{6} lr=1\.00e-03\r?$")]
    private static partial Regex EpochLine();
}
