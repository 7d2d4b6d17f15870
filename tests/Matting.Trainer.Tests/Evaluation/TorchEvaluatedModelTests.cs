using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Configuration;
using Matting.Trainer.Data;
using Matting.Trainer.Evaluation;
using Matting.Trainer.Export;
using Matting.Trainer.Recipes;
using Matting.Trainer.Tests.Training;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Evaluation;

public sealed class TorchEvaluatedModelTests : IDisposable
{
    // torch sums float32 squares of a batch, the meter doubles of a picture
    private const double Relative = 1e-6;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_s_best_checkpoint_has_the_mse_that_its_validation_saw()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run", epochs: 1) with { Ema = new EmaRecipe { Decay = 0.5 } };
        TrainingResult run = TrainingRun.Run(recipe, new CollectingObserver(), TestContext.Current.CancellationToken);

        foreach ((string checkpoint, double expected) in (ReadOnlySpan<(string, double)>)[(run.Folder.BestPath, run.Best!.ValMse), (run.Folder.BestEmaPath, run.BestEma!.EmaValMse!.Value)])
        {
            foreach (int batch in (ReadOnlySpan<int>)[1, 3])
                Assert.Equal(expected, Mse(ExportSource.Find(checkpoint), recipe, batch), expected * Relative);
        }
        Assert.Equal(run.Best.ValMse, Mse(ExportSource.Find(run.Folder.Folder, profile: recipe.Profile), recipe, batch: 2), run.Best.ValMse * Relative);
    }

    [Fact]
    public void The_recipe_of_the_run_says_how_it_is_judged()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run") with { Profile = "half" };
        RunFolder folder = RunFolder.Claim(recipe);
        PthFile.Write(folder.BestPath, NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 1));

        using TorchEvaluatedModel model = new(ExportSource.Find(folder.Folder));

        Assert.Equal((folder.BestPath, "u2netp", "half"), (model.Name, model.Network, model.Profile.Name));
        Assert.Contains("libtorch", model.Engine, StringComparison.Ordinal);
        Assert.Contains("fp32", model.Engine, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_run_is_refused()
    {
        string weights = _folder.File("weights.pth");
        PthFile.Write(weights, NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 1));
        ExportSource source = ExportSource.Find(weights);
        MachineRecipe machine = new() { Allocator = "system", Threads = 1 };
        Assert.Throws<SettingsException>(() => new TorchEvaluatedModel(source, machine with { Precision = "fp16" }));
        Assert.Throws<TrainingException>(() => new TorchEvaluatedModel(source, machine with { Device = "cuda:77" }));
        PthFile.Write(weights, new StateDict { { "w", WeightTensor.FromFloat32([1], 1) } });
        Assert.Throws<StateMismatchException>(() => new TorchEvaluatedModel(source, machine));
    }

    private static double Mse(ExportSource source, Recipe recipe, int batch)
    {
        using TorchEvaluatedModel model = new(source);
        EvaluationReport report = EvaluationRun.Run(
            SampleTableReader.Read(recipe.Data.Val!), model, new EvaluationOptions { Height = source.Size, Width = source.Size, Batch = batch }, stop: TestContext.Current.CancellationToken);
        return report.Total(0)!.Value.Mse;
    }
}
