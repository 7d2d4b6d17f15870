using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Imaging;
using Matting.Trainer.Preparation;

namespace Matting.Trainer.Cli;

/// <summary><c>prepare</c>: cut-outs to training pairs.</summary>
internal static class PrepareCommand
{
    public static Command Create()
    {
        Argument<string> cutouts = new("CUTOUTS")
        {
            Description = "Folder of RGBA pictures, as in MAGICK, whose magick_index.tsv gives the captions; its subfolders belong to it",
        };
        CommonOptions.RefuseUnknownOptions(cutouts);
        Option<string> folder = new("--out")
        {
            Description = "Folder of the pairs: new, empty, or an earlier one of the same settings, which is gone on with",
            HelpName = "DIR",
            Required = true,
        };
        Option<long> seed = CommonOptions.Seed(42);
        Option<int> backgrounds = CommonOptions.Whole("--backgrounds", "Composites of every cut-out, each over another light background", 1, PreparationOptions.MostBackgrounds, 1);
        Option<double> validation = CommonOptions.Number("--val", "Share of the cut-outs kept for validation", 0.001, 0.999, 0.2);
        Option<double> megapixels = CommonOptions.Number("--max-megapixels", "Larger pictures are left out before they are decoded", 0.001, 500, 100);
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> overwrite = new("--overwrite") { Description = "Start over: first delete what an earlier preparation wrote to DIR" };
        Command command = new("prepare", "Puts cut-outs over light backgrounds and lists them for training: pairs.csv, train.csv, val.csv")
        {
            cutouts, folder, seed, backgrounds, validation, megapixels, threads, overwrite,
        };
        command.SetAction((parsed, cancellation) =>
        {
            PreparationOptions options = new()
            {
                Cutouts = parsed.GetRequiredValue(cutouts),
                Folder = parsed.GetRequiredValue(folder),
                Seed = parsed.GetValue(seed),
                Backgrounds = parsed.GetValue(backgrounds),
                ValidationShare = parsed.GetValue(validation),
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Reading = ImageReadOptions.Default with { MaxPixels = (long)(parsed.GetValue(megapixels) * 1e6) },
                StartOver = parsed.GetValue(overwrite),
            };
            return Task.FromResult(Run(options, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        });
        return command.WithExamples(
            new CommandExample("matting-train prepare magick/images --out data/magick --seed 42", "One pair for each cut-out, a fifth of them for validation"),
            new CommandExample("matting-train prepare cutouts --out data/three --backgrounds 3", "Three composites of each cut-out, all on one side of the split"),
            new CommandExample("matting-train train --recipe trainer/recipes/clean.yaml --set data.train=data/magick/train.csv data.val=data/magick/val.csv", "Trains on them"));
    }

    private static int Run(PreparationOptions options, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        long started = TimeProvider.System.GetTimestamp();
        ProgressLine? progress = null;
        try
        {
            PreparationResult result = CutoutPreparation.Run(options, found => progress = new ProgressLine("prepare", found), Follow, cancellation);
            if (result.SixteenBits > 0)
                progress!.WriteLine(error, $"note: cut-outs of 16 bits a channel: {HumanText.Count(result.SixteenBits)}; the higher 8 bits are used");
            progress!.WriteLine(output, Summary(options, result, TimeProvider.System.GetElapsedTime(started)));
            return result.LeftOut > 0 ? ExitCodes.PartFailed : ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            progress?.WriteLine(error, $"{options.Folder}: what is prepared so far is kept; the same command goes on from there");
            throw;
        }
        finally
        {
            progress?.Dispose();
        }

        void Follow(CutoutOutcome outcome)
        {
            if (outcome.Reason is { } reason)
                progress!.WriteLine(error, $"{RootCommand.ExecutableName}: error: {reason}");
            progress!.Advance();
        }
    }

    private static string Summary(PreparationOptions options, PreparationResult result, TimeSpan took)
    {
        string kept = result.Kept > 0 ? $", {HumanText.Count(result.Kept)} kept" : "";
        string leftOut = result.LeftOut > 0 ? $", {HumanText.Count(result.LeftOut)} left out" : "";
        return $"{options.Folder}: cut-outs: {HumanText.Count(result.Written)} written{kept}{leftOut}; pairs: {HumanText.Count(result.TrainingPairs)} to train on (train.csv), "
            + $"{HumanText.Count(result.ValidationPairs)} to validate with (val.csv), all in pairs.csv; seed {options.Seed}, in {HumanText.Duration(took)}";
    }
}
