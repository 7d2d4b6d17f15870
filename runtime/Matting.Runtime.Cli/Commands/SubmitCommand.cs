using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Batches;
using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting submit</c>: a folder of pictures to a submission at the network's size.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        Option<string> images = new("--images") { Description = "Folder whose pictures are taken in order of their names", HelpName = "DIR", Required = true };
        Option<string> file = new("--out")
        {
            Description = "CSV to write; an existing one is kept and the next number is taken (submission_2.csv, ...)",
            HelpName = "FILE",
            DefaultValueFactory = _ => "submission.csv",
        };
        ModelArguments model = new();
        PictureArguments pictures = new(TestTimeAugmentation.Flip);
        PostprocessArguments post = new();
        Command command = new("submit", "Writes the alphas of a folder, at the network's size, as a submission (CSV of base64 PNGs)");
        model.AddTo(command);
        command.Options.Add(images);
        command.Options.Add(file);
        pictures.AddTo(command);
        post.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(
            Run(parsed, parsed.GetRequiredValue(images), parsed.GetRequiredValue(file), model, pictures.Read(parsed) with { Post = post.Read(parsed)[0] }, cancellation)));
        return command.WithExamples(
            new CommandExample("matting submit --model model.onnx --images test --out submission.csv --tta flip", "Predicts every picture of the folder test"),
            new CommandExample(
                "matting submit --model model.onnx --images test --out submission.csv --tta flip --post components", "Keeps only the strongest regions of each alpha"),
            new CommandExample("matting submit --model model.onnx --images test --post calibrate --gamma 1.2", "Takes a grey veil off each alpha"));
    }

    private static int Run(ParseResult parsed, string folder, string file, ModelArguments arguments, PredictOptions options, CancellationToken cancellation)
    {
        TextWriter error = parsed.InvocationConfiguration.Error;
        if (!Directory.Exists(folder))
            throw new UserErrorException($"{folder}: there is no such folder");
        PictureList list = PictureList.OfFolder(folder);
        NameCollisionException.ThrowIfAny(list.Pictures, SubmissionFile.NameOf);
        using MattingModel model = arguments.Load(parsed);
        if (model.Height is null)
            throw new UserErrorException($"{model.Name}: takes pictures of any size, and a submission needs one size (for instance --size 1024)", ExitCodes.Usage);
        list.ReportLeftOut(error);
        using BatchReport report = new("submit", list.Pictures.Count, parsed.InvocationConfiguration.Output, error);
        PictureFinisher<byte[]> encode = (_, alpha) => ImageFile.EncodePng(alpha.ToNetworkSize(), AlphaPng.Options);
        string written = SubmissionFile.Write(file, Rows(model.PredictFiles(list.Pictures, encode, options, cancellation), report, folder));
        if (report.Failed > 0)
            error.WriteLine($"{written}: the rows of the {report.Failed} failed {(report.Failed == 1 ? "picture" : "pictures")} are missing");
        report.WriteLine(written);
        return report.Finish(model.FirstRunTime);
    }

    private static IEnumerable<SubmissionRow> Rows(IEnumerable<PictureOutcome<byte[]>> outcomes, BatchReport report, string folder)
    {
        bool any = false;
        foreach (PictureOutcome<byte[]> outcome in outcomes)
        {
            if (!report.Take(outcome))
                continue;
            any = true;
            yield return new SubmissionRow(SubmissionFile.NameOf(outcome.File), outcome.Result);
        }
        if (!any)
            throw new UserErrorException($"{folder}: none of the pictures could be read; no submission was written");
    }
}
