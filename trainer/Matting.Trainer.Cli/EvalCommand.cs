using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Postprocessing;
using Matting.Trainer.Data;
using Matting.Trainer.Evaluation;

namespace Matting.Trainer.Cli;

/// <summary><c>eval</c>: how far a model's alphas are from the true ones.</summary>
internal static class EvalCommand
{
    private const string None = "none";
    private const string Flip = "flip";
    private const string Both = "both";

    public static Command Create()
    {
        EvaluatedModelArguments models = new();
        EvaluationOutputs outputs = new();
        PostprocessArguments posts = new(several: true);
        Option<string> csv = new("--csv") { Description = "CSV of pictures and true alphas (image_path, alpha_path)", HelpName = "FILE", Required = true };
        Option<string?> root = new("--root") { Description = "Folder that relative paths are tried against first, before the CSV's own", HelpName = "DIR" };
        Option<int?> limit = CommonOptions.Limit("Only so many pictures, from the top of the CSV");
        Option<string?> tta = CommonOptions.Choice(
            "--tta", "Test-time augmentation: flip takes the mean with the mirrored picture, for twice the time; both measures with and without", None, None, Flip, Both);
        Option<bool> native = new("--native") { Description = "Compare at each picture's own size instead of the network's, as matting predict writes alphas" };
        Option<int> batch = CommonOptions.Whole("--batch", "Pictures of one run of the network; more than 1 pays on a GPU", 1, 1024, 1);
        Command command = new("eval", "Measures MSE, MAD, SAD, gradient and connectivity errors of a checkpoint or ONNX file on a CSV");
        models.AddTo(command);
        foreach (Option option in (Option[])[csv, root, limit, tta, native, batch])
            command.Options.Add(option);
        posts.AddTo(command);
        outputs.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            IReadOnlyList<PostprocessOptions?> chosen = posts.Read(parsed);
            outputs.Check(parsed);
            SampleTable table = SampleTableReader.Read(parsed.GetRequiredValue(csv), parsed.GetValue(root), parsed.GetValue(limit));
            OpenedModel opened = models.Open(parsed);
            using IEvaluatedModel model = opened.Model;
            (int worst, int best) = outputs.Shown(parsed);
            EvaluationOptions options = new()
            {
                Height = opened.Size.Height,
                Width = opened.Size.Width,
                Native = parsed.GetValue(native),
                Variants = Variants(parsed.GetValue(tta)!, chosen),
                Batch = parsed.GetValue(batch),
                Worst = worst,
                Best = best,
                Reading = opened.Reading,
            };
            EvaluationReport report = Run(table, model, options, parsed.InvocationConfiguration.Error, cancellation);
            if (report.Failed == report.Pictures.Count)
                throw new UserErrorException($"{table.File}: none of the pictures could be measured");
            foreach (string line in EvaluationTable.Lines(report))
                parsed.InvocationConfiguration.Output.WriteLine(line);
            outputs.Write(report, parsed, parsed.InvocationConfiguration.Output);
            return Task.FromResult(report.Failed > 0 ? ExitCodes.PartFailed : ExitCodes.Done);
        });
        return command.WithExamples(
            new CommandExample("matting-train eval --csv data/synth/val.csv outputs/experiments/exp_001", "A run's best checkpoint as its validation judged it"),
            new CommandExample("matting-train eval --csv val.csv model.onnx --tta both --post all", "With and without flip-TTA and post-processing, in one go"),
            new CommandExample("matting-train eval --csv val.csv u2netp.pth --native --out errors.csv --sheet worst.png", "At the pictures' own sizes, with every error and the worst pictures"),
            new CommandExample("matting-train eval --csv val.csv foreign.onnx --profile imagenet --size 320 --tta flip --post calibrate --gamma 1.2", "A model that does not describe itself"));
    }

    private static EvaluationReport Run(SampleTable table, IEvaluatedModel model, EvaluationOptions options, TextWriter error, CancellationToken cancellation)
    {
        using ProgressLine progress = new("eval", table.Rows.Count);
        return EvaluationRun.Run(table, model, options, Follow, cancellation);

        void Follow(PictureScore picture)
        {
            if (picture.Failure is { } failure)
                progress.WriteLine(error, $"{RootCommand.ExecutableName}: error: {failure}");
            progress.Advance(1, Path.GetFileName(picture.Sample.ImagePath));
        }
    }

    private static EvaluationVariant[] Variants(string tta, IReadOnlyList<PostprocessOptions?> posts)
    {
        bool[] flips = tta switch { Both => [false, true], Flip => [true], _ => [false] };
        return [.. from flip in flips from post in posts select new EvaluationVariant(flip, post)];
    }
}
