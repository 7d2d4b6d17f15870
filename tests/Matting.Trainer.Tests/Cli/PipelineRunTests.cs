using System.Globalization;
using System.Text.RegularExpressions;
using Matting.CommandLine;
using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Tests.Data;
using Matting.Trainer.Tests.Recipes;
using Matting.Trainer.Tests.Weights;

namespace Matting.Trainer.Tests.Cli;

/// <summary>The two pipelines from weights to best checkpoint as they are typed, at sizes that take seconds.</summary>
public sealed partial class PipelineRunTests : IDisposable
{
    private const int Rows = 11;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("clean.yaml", true, Rows, 5e-5)]
    [InlineData("notebook.yaml", true, 10, 1e-4)]
    [InlineData("notebook.yaml", false, 10, 1e-4)]
    public void A_pipeline_goes_from_weights_to_its_best_checkpoint(string name, bool legacy, int used, double lr)
    {
        StateDict weights = NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), seed: 5);
        string init = _folder.File("u2netp.pth");
        if (legacy)
            LegacyWeights.Write(init, weights);
        else
            PthFile.Write(init, new PickleDict { { new PickleString("state_dict"), new PickleDict(weights) } });

        TrainerRun run = Train(name, init);

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains($"{used} training and {used} validation samples", run.Output, StringComparison.Ordinal);
        Assert.Contains("pictures smaller than the crop of 64 are scaled up to fit", run.Output, StringComparison.Ordinal);
        Match[] epochs = [.. EpochLine().Matches(run.Output.ReplaceLineEndings("\n")).Cast<Match>()];
        Assert.Equal(["1", "2"], epochs.Select(epoch => epoch.Groups[1].Value));
        Assert.All(epochs, epoch => Assert.Equal(lr, double.Parse(epoch.Groups[3].Value, CultureInfo.InvariantCulture)));
        Assert.Contains($"\n -> saved best model: u2netp_best.pth (val_mse={epochs[0].Groups[2].Value})\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        string best = _folder.File("run", "u2netp_best.pth");
        PickleDict root = Assert.IsType<PickleDict>(PthFile.Read(best).Root);
        Assert.Equal(["model_state"], root.Keys.Select(key => ((PickleString)key).Value));
        StateDict trained = WeightsFile.Load(best);
        StrictLoading.Check(NetworkCatalogue.Create("u2netp"), trained, best);
        // six steps of AdamW move a weight by about six learning rates at most; another start would be far away
        Near.AssertClose(weights["outconv.weight"].ToFloat32(), trained["outconv.weight"].ToFloat32(), 20 * lr);
        Assert.NotEqual(weights["outconv.weight"].ToFloat32(), trained["outconv.weight"].ToFloat32());

        Recipe shipped = RecipeFile.Load(ShippedRecipes.PathOf(name)), stored = RecipeFile.Load(_folder.File("run", "recipe.yaml"));
        Assert.Equal((shipped.Loss, shipped.Optimiser, shipped.Schedule, shipped.Profile), (stored.Loss, stored.Optimiser, stored.Schedule, stored.Profile));
        Assert.Equal(shipped.Augment with { Crop = 64 }, stored.Augment);
    }

    [Fact]
    public void A_second_run_starts_from_the_golden_weights_and_leaves_the_checkpoint_of_the_first_alone()
    {
        string init = Path.Combine(Golden.RequireFolder(), "u2netp", "weights.pth");
        Train("notebook.yaml", init, "epochs=1");
        byte[] first = File.ReadAllBytes(_folder.File("run", "u2netp_best.pth"));
        TrainerRun second = Train("notebook.yaml", init, "epochs=1", "seed=43");
        Assert.Contains(" -> saved best model: u2netp_best_2.pth (val_mse=", second.Output, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllBytes(_folder.File("run", "u2netp_best.pth")));
        Assert.NotEqual(first, File.ReadAllBytes(_folder.File("run", "u2netp_best_2.pth")));
    }

    [Fact]
    public void Without_its_files_a_pipeline_says_what_is_missing_before_it_makes_anything()
    {
        TrainerRun.Of("train", "--recipe", ShippedRecipes.PathOf("clean.yaml"), "--set", $"output={_folder.File("run")}", $"data.val={Table("val.csv")}")
            .AssertRefused(ExitCodes.Failed, "data/splits/train.csv");
        Train("clean.yaml", _folder.File("none.pth")).AssertRefused(ExitCodes.Failed, _folder.File("none.pth"));
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    private TrainerRun Train(string recipe, string init, params string[] more) => TrainerRun.Of(
    [
        "train", "--recipe", ShippedRecipes.PathOf(recipe), "--set", $"init={init}", $"output={_folder.File("run")}",
        $"data.train={Table("train.csv")}", $"data.val={Table("val.csv")}", "epochs=2", "augment.crop=64", "validation.size=32", "validation.batch=4",
        "machine.threads=1", "machine.allocator=system", .. more,
    ]);

    // not wide enough for the crop
    private string Table(string name) => File.Exists(_folder.File(name)) ? _folder.File(name) : SampleFiles.Write(_folder, name, Rows, 72, 60, seed: name.Length);

    [GeneratedRegex(@"(?m)^Epoch (\d+): train_mse=0\.\d{6} val_mse=(0\.\d{6}) lr=(\d\.\d{2}e-\d{2})$")]
    private static partial Regex EpochLine();
}
