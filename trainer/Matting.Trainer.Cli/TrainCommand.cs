using System.CommandLine;
using Matting.CommandLine;
using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Cli;

/// <summary><c>train</c>: from a recipe to the best checkpoint.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Option<string> recipe = new("--recipe") { Description = "The recipe, a YAML file such as trainer/recipes/u2netp.yaml", HelpName = "FILE", Required = true };
        Option<string[]> set = new("--set")
        {
            Description = "A setting in place of the recipe's, for instance optimiser.lr=1e-4; several may follow",
            HelpName = "KEY=VALUE",
            AllowMultipleArgumentsPerToken = true,
        };
        Command command = new("train", "Trains a network as a recipe says and keeps its best checkpoint") { recipe, set };
        command.SetAction((parsed, cancellation) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            Recipe settings = Load(parsed.GetRequiredValue(recipe), parsed.GetValue(set) ?? []);
            using TrainingConsole console = new(output);
            TrainingResult result = TrainingRun.Run(settings, console, cancellation);
            console.Finish(result);
            return Task.FromResult(result.Interrupted ? ExitCodes.Interrupted : ExitCodes.Done);
        });
        return command.WithExamples(
            new CommandExample(
                "matting-train train --recipe trainer/recipes/u2netp.yaml --set data.train=train.csv --set data.val=val.csv",
                "Trains on your own pictures; the files of the run go to outputs/experiments/exp_NNN"),
            new CommandExample(
                "matting-train train --recipe my.yaml --set init=u2netp.pth --set output=runs/portraits",
                "Starts from published weights and chooses the folder of the run"));
    }

    private static Recipe Load(string file, string[] overrides)
    {
        try
        {
            return RecipeFile.Load(file, overrides);
        }
        catch (SettingsException e)
        {
            // nothing was started: wrong settings are wrong usage
            throw UserErrorException.Usage(e.Message);
        }
    }
}
