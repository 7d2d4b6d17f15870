using Matting.Testing;
using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Tests.Recipes;

public sealed class RecipeFileTests
{
    private const string Data = "data: {train: t.csv, val: v.csv}\n";

    [Fact]
    public void Keys_that_are_not_written_keep_their_defaults()
    {
        Recipe recipe = RecipeFile.Parse(Data, "r.yaml");

        Assert.Equal(new Recipe { Data = new DataRecipe { Train = "t.csv", Val = "v.csv" } }, recipe);
    }

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        Recipe recipe = RecipeFile.Parse(Data.TrimEnd().TrimEnd('}') + """
            , limit: 7, root: 'my data'}
            seed: -3
            augment: {flip: 0.25}
            optimiser: {name: adam, lr: 1e-3, betas: [0.8, 0.99]}
            schedule: {name: plateau, patience: 4}
            machine:
              threads: null
              allocator: system
            """, "r.yaml");

        Assert.Equal(-3, recipe.Seed);
        Assert.Equal(7, recipe.Data.Limit);
        Assert.Equal("my data", recipe.Data.Root);
        Assert.Equal(0.25, recipe.Augment.Flip);
        AdamRecipe adam = Assert.IsType<AdamRecipe>(recipe.Optimiser);
        Assert.Equal((1e-3, new NumberPair(0.8, 0.99), 1e-4), (adam.Lr, adam.Betas, adam.WeightDecay));
        Assert.Equal(4, Assert.IsType<PlateauScheduleRecipe>(recipe.Schedule).Patience);
        Assert.Null(recipe.Machine.Threads);
    }

    [Theory]
    [InlineData("bacth: 4", 2, "bacth", "the nearest known one is 'batch'")]
    [InlineData("optimizer: {lr: 1}", 2, "optimizer", "the nearest known one is 'optimiser'")]
    [InlineData("lr: 1e-3", 2, "lr", "the nearest known one is 'optimiser.lr'")]
    [InlineData("augment:\n  crop: 64\n  flop: 0.1", 4, "augment.flop", "the nearest known one is 'augment.flip'")]
    [InlineData("schedule: {name: poly, patience: 3}", 2, "schedule.patience", "unknown key for the schedule.name that was chosen; it belongs to 'plateau'")]
    [InlineData("ema: {decay: 1}", 2, "ema.decay", "expected a number between 0 and 1")]
    [InlineData("ema: {decay: 0}", 2, "ema.decay", "or null")]
    [InlineData("accumulate: 0", 2, "accumulate", "is 0, expected 1 to")]
    [InlineData("optimiser: {clip_norm: 0}", 2, "optimiser.clip_norm", "expected more than 0")]
    [InlineData("schedule: {name: cosine, warmup: 1}", 2, "schedule.warmup", "is 1, expected 0 to 0.9")]
    [InlineData("loss: {name: alpha-composite, l1_weight: 1}", 2, "loss.l1_weight", "it belongs to 'mse-l1'")]
    [InlineData("loss: {name: alpha-composite, thin_size: 14}", 2, "loss.thin_size", "is 14, expected an odd number")]
    [InlineData("loss: {name: alpha-composite, edge_weight: -1}", 2, "loss.edge_weight", "is -1, expected 0 to")]
    [InlineData("loss: {name: mse}", 2, "loss.name", "'mse' is not known; known: mse-l1")]
    [InlineData("network: u2net", 2, "network", "the nearest is 'u2netp'")]
    [InlineData("profile: imagnet", 2, "profile", "the nearest is 'imagenet'")]
    [InlineData("epochs: many", 2, "epochs", "expected a whole number, found 'many'")]
    [InlineData("epochs: 1.5", 2, "epochs", "expected a whole number")]
    [InlineData("epochs: '3'", 2, "epochs", "found the text '3'")]
    [InlineData("epochs: 0", 2, "epochs", "is 0, expected 1 to")]
    [InlineData("epochs: 99999999999999999999", 2, "epochs", "expected a whole number")]
    [InlineData("epochs:", 2, "epochs", "has no value")]
    [InlineData("seed: {a: 1}", 2, "seed", "found a section")]
    [InlineData("batch: [1]", 2, "batch", "found a list")]
    [InlineData("augment: 3", 2, "augment", "expected a section")]
    [InlineData("augment: {flip: 1.1}", 2, "augment.flip", "is 1.1, expected 0 to 1")]
    [InlineData("augment: {flip: .nan}", 2, "augment.flip", "expected a number")]
    [InlineData("augment: {crop: 8}", 2, "augment.crop", "expected 64 to")]
    [InlineData("optimiser: {lr: 0}", 2, "optimiser.lr", "expected more than 0")]
    [InlineData("optimiser: {lr: 5}\nepochs: 1\nbatch: 0", 4, "batch", "is 0")]
    [InlineData("optimiser: {lr: 50}", 2, "optimiser.lr", "more than 10")]
    [InlineData("optimiser: {betas: [0.9]}", 2, "optimiser.betas", "two numbers")]
    [InlineData("optimiser: {betas: [0.9, 1]}", 2, "optimiser.betas", "in [0, 1)")]
    [InlineData("machine: {device: gpu}", 2, "machine.device", "expected cpu, cuda or cuda:N")]
    [InlineData("machine: {threads: 0}", 2, "machine.threads", "expected 1 to")]
    [InlineData("machine: {allocator: jemalloc}", 2, "machine.allocator", "known: keep, system")]
    [InlineData("pictures: {train_batch: best}", 2, "pictures.train_batch", "expected none, first, all or every N")]
    [InlineData("pictures: {validation: every 0}", 2, "pictures.validation", "'every 0' is no choice of epochs")]
    [InlineData("pictures: {samples: 0}", 2, "pictures.samples", "is 0, expected 1 to 16")]
    [InlineData("init: ''", 2, "init", "expected a file or 'random'")]
    public void A_mistake_is_named_with_file_line_key_and_what_would_be_right(string text, int line, string key, string message)
    {
        SettingsException e = Assert.Throws<SettingsException>(() => RecipeFile.Parse(Data + text, "r.yaml"));

        SettingProblem problem = Assert.Single(e.Problems);
        Assert.Equal((new SettingPlace("r.yaml", line), key), (problem.Place, problem.Key));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith($"r.yaml:{line}: {key}: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_together_in_the_order_of_the_file()
    {
        SettingsException e = Assert.Throws<SettingsException>(() => RecipeFile.Parse("epochs: x\nbatch: -1\ncorp: 3\n", "r.yaml"));

        Assert.Equal(["epochs", "batch", "corp", "data.train", "data.val"], e.Problems.Select(problem => problem.Key));
        Assert.Contains("is required", e.Problems[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overrides_win_over_the_file_and_later_ones_over_earlier()
    {
        Recipe recipe = RecipeFile.Parse("batch: 2\n", "r.yaml",
            ["data.train=a b.csv", "data.val=#x: y.csv", "batch=8", "batch=16", "optimiser.betas=[0.5, 0.6]", "output=null", "init='null'"]);

        Assert.Equal(("a b.csv", "#x: y.csv"), (recipe.Data.Train, recipe.Data.Val));
        Assert.Equal(16, recipe.Batch);
        Assert.Equal(new NumberPair(0.5, 0.6), recipe.Optimiser.Betas);
        Assert.Null(recipe.Output);
        Assert.Equal("null", recipe.Init);
    }

    [Theory]
    [InlineData("optimizer.lr=1", "optimizer", "the nearest known one is 'optimiser'")]
    [InlineData("optimiser.lrr=1", "optimiser.lrr", "the nearest known one is 'optimiser.lr'")]
    [InlineData("epochs=ten", "epochs", "expected a whole number")]
    [InlineData("epochs.first=1", "epochs", "found a section")]
    [InlineData("augment=1", "augment", "expected a section")]
    [InlineData("epochs", "", "expected key=value")]
    [InlineData("=3", "", "expected key=value")]
    [InlineData("a..b=3", "", "expected key=value")]
    [InlineData("optimiser.betas=[0.9", "", "not valid YAML")]
    public void An_override_is_judged_as_strictly_as_a_line_of_the_file(string text, string key, string message)
    {
        SettingsException e = Assert.Throws<SettingsException>(() => RecipeFile.Parse(Data, "r.yaml", [text]));

        SettingProblem problem = Assert.Single(e.Problems);
        Assert.Equal(key, problem.Key);
        Assert.Equal($"--set {text}", problem.Place!.ToString());
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_recipe_reads_back_as_the_same_recipe()
    {
        using TempFolder folder = new();
        Recipe recipe = new()
        {
            Output = "/runs/a: \"b\" # c\n\u00e4\u732b",
            Init = "null",
            Seed = long.MinValue,
            Data = new DataRecipe { Train = "true", Val = "12", Limit = 3 },
            Optimiser = new AdamRecipe { Lr = 1.0 / 3, Betas = new NumberPair(0.1, 1e-7) },
            Schedule = new PolyScheduleRecipe { Power = 2 },
            Machine = new MachineRecipe { Threads = 2 },
        };
        string path = folder.File("recipe.yaml");

        RecipeFile.Write(path, recipe);

        Assert.Equal(recipe, RecipeFile.Load(path));
        Assert.Throws<IOException>(() => RecipeFile.Write(path, recipe));
    }

    [Fact]
    public void A_folder_is_no_recipe()
    {
        using TempFolder folder = new();
        IOException refused = Assert.Throws<IOException>(() => RecipeFile.Load(folder.Path));
        Assert.Equal($"{folder.Path}: is a folder, expected a recipe", refused.Message);
    }

    [Fact]
    public void Settings_built_in_code_are_checked_too()
    {
        SettingsException e = Assert.Throws<SettingsException>(() => SettingChecks.ThrowIfWrong(new Recipe { Batch = 0 }));

        Assert.Equal(["batch", "data.train", "data.val"], e.Problems.Select(problem => problem.Key));
    }
}
