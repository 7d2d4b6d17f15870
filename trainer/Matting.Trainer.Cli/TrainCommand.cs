using System.CommandLine;
using Matting.CommandLine;
using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Cli;

/// <summary><c>train</c>: from a recipe, or from where a run was stopped, to the best checkpoint.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="interruption">Lets it ask what Ctrl-C means; null: it stops.</param>
    public static Command Create(Interruption? interruption)
    {
        Option<string> recipe = new("--recipe") { Description = "The recipe, a YAML file such as trainer/recipes/u2netp.yaml", HelpName = "FILE" };
        Option<string> resume = new("--resume")
        {
            Description = "A run that was stopped: its folder (the newest run in it), or its state.pth; it goes on with its own recipe",
            HelpName = "RUN",
        };
        Option<string[]> set = new("--set")
        {
            Description = "A setting in place of the recipe's, for instance optimiser.lr=1e-4; several may follow. "
                + "With --resume only what does not change what is learnt, and more epochs",
            HelpName = "KEY=VALUE",
            AllowMultipleArgumentsPerToken = true,
        };
        Command command = new("train", "Trains a network as a recipe says and keeps its best checkpoint") { recipe, resume, set };
        command.Validators.Add(result =>
        {
            bool hasRecipe = result.GetResult(recipe) is not null, hasResume = result.GetResult(resume) is not null;
            if (hasRecipe == hasResume)
                result.AddError(hasRecipe ? "--recipe and --resume exclude each other: a run goes on with its own recipe" : "expected --recipe FILE, or --resume RUN");
        });
        command.SetAction((parsed, cancellation) =>
        {
            string[] settings = parsed.GetValue(set) ?? [];
            using TrainSession session = new(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, interruption, cancellation);
            return Task.FromResult(parsed.GetValue(resume) is { } run
                ? session.Run((observer, save, stop) => TrainingRun.Resume(run, settings, observer, save, stop))
                : session.Run(Start(Load(parsed.GetRequiredValue(recipe), settings))));
        });
        return command.WithExamples(
            new CommandExample(
                "matting-train train --recipe trainer/recipes/u2netp.yaml --set data.train=train.csv --set data.val=val.csv",
                "Trains on your own pictures; the files of the run go to outputs/experiments/exp_NNN"),
            new CommandExample(
                "matting-train train --recipe my.yaml --set init=u2netp.pth --set output=runs/portraits",
                "Starts from published weights and chooses the folder of the run"),
            new CommandExample(
                "matting-train train --resume outputs/experiments/exp_001",
                "Goes on with a run that was stopped, to the same result as if it never had been"));
    }

    private static TrainSession.Training Start(Recipe recipe) => (observer, save, stop) => TrainingRun.Run(recipe, observer, save, stop);

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
