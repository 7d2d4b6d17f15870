using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

public sealed class RunFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_an_output_the_next_free_experiment_is_taken()
    {
        Recipe recipe = new();
        Directory.CreateDirectory(_folder.File("exp_007"));
        Directory.CreateDirectory(_folder.File("exp_9"));
        Directory.CreateDirectory(_folder.File("exp_other"));

        RunFolder first = RunFolder.Claim(recipe, _folder.Path), second = RunFolder.Claim(recipe, _folder.Path);

        Assert.Equal(_folder.File("exp_008"), first.Folder);
        Assert.Equal(_folder.File("exp_009"), second.Folder);
        Assert.Equal(first.Folder, RecipeFile.Parse(File.ReadAllText(first.RecipePath), "r", ["data.train=t", "data.val=v"]).Output);
        Assert.Equal(["exp_009", "exp_008", "exp_007"], RunFolder.Experiments(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("u2netp_best_4.pth")]
    [InlineData("log_4.csv")]
    [InlineData("recipe_4.yaml")]
    [InlineData("u2netp_best_ema_4.pth")]
    public void Any_file_of_an_earlier_run_takes_its_number_for_all(string file)
    {
        File.WriteAllText(_folder.File(file), "");

        RunFolder run = RunFolder.Claim(new Recipe { Output = _folder.Path });

        Assert.Equal(5, run.Number);
        Assert.Equal(
            [_folder.File("recipe_5.yaml"), _folder.File("log_5.csv"), _folder.File("u2netp_best_5.pth"), _folder.File("u2netp_best_ema_5.pth")],
            [run.RecipePath, run.LogPath, run.BestPath, run.BestEmaPath]);
    }

    [Fact]
    public void A_file_is_no_folder_for_a_run()
    {
        string file = _folder.File("notes.txt");
        File.WriteAllText(file, "mine");

        IOException refused = Assert.Throws<IOException>(() => RunFolder.Claim(new Recipe { Output = file }));

        Assert.Equal($"{file}: is a file, expected a folder for the run", refused.Message);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void Runs_that_claim_a_folder_at_the_same_time_get_different_numbers()
    {
        Recipe recipe = new() { Output = _folder.File("run") };
        int[] numbers = new int[16];

        Parallel.For(0, numbers.Length, i => numbers[i] = RunFolder.Claim(recipe).Number);

        Assert.Equal(Enumerable.Range(1, 16), numbers.Order());
    }

    [Theory]
    [InlineData("u2netp_best.pth", 1)]
    [InlineData("u2netp_best_12.pth", 12)]
    [InlineData("u2netp_best_ema.pth", 1)]
    [InlineData("u2netp_best_ema_3.pth", 3)]
    [InlineData("u2netp_best_1.pth", null)]
    [InlineData("u2netp.pth", null)]
    [InlineData("u2netp_best_x.pth", null)]
    public void A_checkpoint_tells_its_run_by_its_name(string file, int? number) =>
        Assert.Equal(number, RunFolder.OfCheckpoint(_folder.File(file), "u2netp")?.Number);
}
