using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Batches;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting predict</c>: pictures to alphas, cut-outs or composites.</summary>
internal static class PredictCommand
{
    private const string Stdin = "-";

    public static Command Create(BinaryStreams streams)
    {
        Argument<string[]> inputs = new("INPUT")
        {
            Description = "Pictures, folders with their subfolders, patterns such as 'photos/**/*.jpg', or - alone: one picture from stdin, its result to stdout",
            Arity = ArgumentArity.OneOrMore,
        };
        CommonOptions.RefuseUnknownOptions(inputs);
        Option<string?> folder = new("--out")
        {
            Description = "Folder for the results, NAME.png (.webp, .jpg) each; subfolders of a folder, and those behind a pattern's first wildcard, are kept. Not searched for pictures.",
            HelpName = "DIR",
        };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<bool> skip = new("--skip-existing") { Description = "Leave out pictures whose results exist" };
        ModelArguments model = new();
        ResultArguments result = new();
        PictureArguments pictures = new(TestTimeAugmentation.None);
        PostprocessArguments post = new();
        Command command = new("predict", "Writes the alpha of pictures, or cuts their foreground out; a picture that fails does not stop the others")
        {
            inputs,
        };
        model.AddTo(command);
        command.Options.Add(folder);
        result.AddTo(command);
        pictures.AddTo(command);
        post.AddTo(command);
        command.Options.Add(overwrite);
        command.Options.Add(skip);
        command.Validators.Add(parsed =>
        {
            // tokens: asking for values here would pass over the checks of the arguments' own
            string[] named = [.. parsed.GetResult(inputs)?.Tokens.Select(token => token.Value) ?? []];
            bool hasFolder = parsed.GetResult(folder) is not null;
            if (named.Contains(Stdin) && (named.Length > 1 || hasFolder))
                parsed.AddError($"{Stdin} (stdin to stdout) stands alone: without other pictures and without {folder.Name}");
            else if (named.Length > 0 && !named.Contains(Stdin) && !hasFolder)
                parsed.AddError($"{folder.Name} is required: the folder for the results");
            if (parsed.GetValue(overwrite) && parsed.GetValue(skip))
                parsed.AddError($"{overwrite.Name} and {skip.Name} contradict each other");
        });
        command.SetAction((parsed, cancellation) =>
        {
            string[] named = parsed.GetRequiredValue(inputs);
            PredictOptions options = pictures.Read(parsed) with { Post = post.Read(parsed)[0] };
            options = options with { Reading = result.Reading(parsed, options.Reading) };
            if (named is [Stdin])
                return Task.FromResult(RunOnStreams(parsed, streams, model, result, options, cancellation));
            ExistingResults existing = parsed.GetValue(overwrite) ? ExistingResults.Overwrite : parsed.GetValue(skip) ? ExistingResults.Skip : ExistingResults.Refuse;
            string target = parsed.GetValue(folder)!;
            PictureList list = PictureList.Of(named, target);
            OutputPlan plan = OutputPlan.Of(list.Sources, target, result.Extension(parsed), existing);
            return Task.FromResult(Run(parsed, list, plan, model, result, options, cancellation));
        });
        return command.WithExamples(
            new CommandExample("matting predict --model model.onnx --out alphas photo.jpg", "Writes alphas/photo.png"),
            new CommandExample("matting predict --model model.onnx --kind cutout --out cutouts photos", "Cuts the foreground out of all pictures of a folder and its subfolders"),
            new CommandExample("matting predict --model model.onnx --kind composite --background '#ffffff' --format jpeg --out white 'photos/**/*.jpg'", "Puts it over white"),
            new CommandExample("matting predict --model model.onnx --kind cutout --post components --out cutouts photos", "Keeps only the strongest regions of each alpha, as submit does"),
            new CommandExample("matting predict --model model.onnx --kind cutout - < in.jpg > out.png", "One picture from stdin to stdout"),
            new CommandExample("matting predict --model u2net.onnx --preset u2net --out alphas photo.jpg", "The export of another background remover; 'matting presets' shows which"));
    }

    private static int Run(
        ParseResult parsed, PictureList list, OutputPlan plan, ModelArguments arguments, ResultArguments result, PredictOptions options, CancellationToken cancellation)
    {
        TextWriter error = parsed.InvocationConfiguration.Error;
        ResultOptions making = result.Read(parsed);
        list.ReportLeftOut(error);
        if (plan.Skipped > 0)
            error.WriteLine($"skipped: {plan.Skipped} {(plan.Skipped == 1 ? "picture whose result exists" : "pictures whose results exist")}");
        if (plan.Pictures.Count == 0)
            return ExitCodes.Done;
        using MattingModel model = arguments.Load(parsed);
        using BatchReport report = new("predict", plan.Pictures.Count, parsed.InvocationConfiguration.Output, error) { DoneBefore = plan.Skipped };
        ImageWriteOptions writing = result.Writing(parsed) with { Overwrite = plan.Overwrites };
        PictureFinisher<string> write = (picture, alpha) =>
        {
            ImageFile.Write(plan[picture], alpha.ToResult(making), writing);
            return plan[picture];
        };
        PredictOptions predicting = options with { KeepPictures = making.Kind != ResultKind.Alpha };
        foreach (PictureOutcome<string> outcome in model.PredictFiles(plan.Pictures, write, predicting, cancellation))
        {
            if (report.Take(outcome))
                report.WriteLine(outcome.Result!);
        }
        return report.Finish(model.FirstRunTime);
    }

    private static int RunOnStreams(
        ParseResult parsed, BinaryStreams streams, ModelArguments arguments, ResultArguments result, PredictOptions options, CancellationToken cancellation)
    {
        ResultOptions making = result.Read(parsed);
        PixelImage picture = ImageFile.ReadRgb(ReadAll(streams), "stdin", options.Reading);
        using MattingModel model = arguments.Load(parsed);
        PixelImage made = model.Predict(picture, making, options, cancellation);
        if (model.FirstRunTime is { } run)
            parsed.InvocationConfiguration.Error.WriteLine($"1 picture, the run took {HumanText.Latency(run)}");
        using Stream output = streams.Output();
        output.Write(ImageFile.Encode("stdout" + result.Extension(parsed), made, result.Writing(parsed)));
        return ExitCodes.Done;
    }

    private static byte[] ReadAll(BinaryStreams streams)
    {
        using Stream input = streams.Input();
        using MemoryStream content = new();
        input.CopyTo(content);
        return content.ToArray();
    }
}
