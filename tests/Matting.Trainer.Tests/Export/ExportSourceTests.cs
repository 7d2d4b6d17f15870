using Matting.Testing;
using Matting.Trainer.Export;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Export;

public sealed class ExportSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_gives_its_newest_best_checkpoint_with_its_own_recipe_and_figures()
    {
        Run("half", size: 512, log: "3,9,1,1,0.5,1,1,1,1,1,u2netp_best.pth");
        Run("imagenet", size: 320, log: "4,9,1,1,0.25,1,1,1,1,1,u2netp_best_2.pth");

        ExportSource newest = ExportSource.Find(_folder.Path);
        ExportSource first = ExportSource.Find(_folder.File("u2netp_best.pth"));

        Assert.Equal(("u2netp_best_2.pth", "u2netp", "imagenet", 320), (Path.GetFileName(newest.Checkpoint), newest.Network, newest.Profile, newest.Size));
        Assert.Equal(new Dictionary<string, double> { ["mse"] = 0.25, ["epoch"] = 4 }, newest.Validation);
        Assert.Equal(("half", 512, 0.5), (first.Profile, first.Size, first.Validation["mse"]));
        Assert.Equal(_folder.File("recipe.yaml"), first.Recipe);
    }

    [Fact]
    public void A_file_from_elsewhere_is_taken_as_the_command_line_says()
    {
        File.WriteAllText(_folder.File("u2netp.pth"), "");

        ExportSource plain = ExportSource.Find(_folder.File("u2netp.pth"));
        ExportSource told = ExportSource.Find(_folder.File("u2netp.pth"), "u2netp", "half");

        Assert.Equal(("u2netp", "imagenet", 1024), (plain.Network, plain.Profile, plain.Size));
        Assert.Equal("half", told.Profile);
        Assert.Null(told.Recipe);
        Assert.Empty(told.Validation);
    }

    [Fact]
    public void What_contradicts_the_recipe_is_refused()
    {
        Run("half", size: 512, log: "");

        ExportException e = Assert.Throws<ExportException>(() => ExportSource.Find(_folder.Path, profile: "imagenet"));

        Assert.Contains("'imagenet' contradicts the run's recipe, which says 'half'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_export_is_said_clearly()
    {
        Assert.Contains("no such run or file", Assert.Throws<ExportException>(() => ExportSource.Find(_folder.File("none"))).Message, StringComparison.Ordinal);
        Assert.Contains("no best checkpoint", Assert.Throws<ExportException>(() => ExportSource.Find(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_log_gives_no_figures_instead_of_wrong_ones()
    {
        RunFolder run = Run("half", size: 512, log: "");
        File.WriteAllText(run.LogPath, "something,else\n1,2,3,4,5,u2netp_best.pth\n");
        Assert.Empty(ExportSource.Find(_folder.Path).Validation);
    }

    private RunFolder Run(string profile, int size, string log)
    {
        RunFolder run = RunFolder.Claim(new Recipe
        {
            Output = _folder.Path,
            Profile = profile,
            Validation = new ValidationRecipe { Size = size },
            Data = new DataRecipe { Train = "t.csv", Val = "v.csv" },
        });
        File.WriteAllText(run.BestPath, "");
        File.WriteAllText(run.LogPath,
            "epoch,step,train_loss,train_mse,val_mse,lr,seconds,samples_per_second,data_wait_share,peak_memory_mib,saved\n1,1,1,1,9,1,1,1,1,1,other.pth\n" + log + "\n");
        return run;
    }
}
