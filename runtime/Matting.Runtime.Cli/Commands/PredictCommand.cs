using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Batches;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting predict</c>: pictures to alpha PNGs at the pictures' own sizes.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        Argument<string[]> inputs = new("PICTURE-OR-FOLDER")
        {
            Description = "Pictures, and folders whose pictures are taken in order of their names",
            Arity = ArgumentArity.OneOrMore,
        };
        CommonOptions.RefuseUnknownOptions(inputs);
        Option<string> folder = new("--out") { Description = "Folder for the alphas, NAME.png each", HelpName = "DIR", Required = true };
        Option<bool> overwrite = CommonOptions.Overwrite();
        ModelArguments model = new();
        PictureArguments pictures = new(TestTimeAugmentation.None);
        Command command = new("predict", "Writes the alpha of pictures as grey PNGs of the pictures' own size") { inputs };
        model.AddTo(command);
        command.Options.Add(folder);
        pictures.AddTo(command);
        command.Options.Add(overwrite);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed, PictureList.Of(parsed.GetRequiredValue(inputs)), parsed.GetRequiredValue(folder), parsed.GetValue(overwrite), model, pictures.Read(parsed), cancellation)));
        return command.WithExamples(
            new CommandExample("matting predict --model model.onnx --out alphas photo.jpg", "Writes alphas/photo.png"),
            new CommandExample("matting predict --model model.onnx --out alphas --tta flip --overwrite photos", "All pictures of a folder, averaged with their mirrors"),
            new CommandExample("matting predict --model u2net.onnx --profile imagenet --output 1959 --out alphas photo.jpg", "A model from elsewhere"));
    }

    private static int Run(
        ParseResult parsed, PictureList list, string folder, bool overwrite, ModelArguments arguments, PredictOptions options, CancellationToken cancellation)
    {
        TextWriter error = parsed.InvocationConfiguration.Error;
        OutputPlan plan = OutputPlan.Of(list.Pictures, folder, overwrite);
        using MattingModel model = arguments.Load(parsed);
        list.ReportLeftOut(error);
        using BatchReport report = new("predict", list.Pictures.Count, parsed.InvocationConfiguration.Output, error);
        ImageWriteOptions writing = AlphaPng.Options with { Overwrite = overwrite };
        PictureFinisher<string> write = (picture, alpha) =>
        {
            ImageFile.Write(plan[picture], alpha.ToPictureSize(), writing);
            return plan[picture];
        };
        foreach (PictureOutcome<string> outcome in model.PredictFiles(list.Pictures, write, options, cancellation))
        {
            if (report.Take(outcome))
                report.WriteLine(outcome.Result!);
        }
        return report.Finish();
    }
}
