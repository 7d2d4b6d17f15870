using System.CommandLine;
using System.Globalization;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Onnx;
using Matting.Trainer.Export;

namespace Matting.Trainer.Cli;

/// <summary><c>export</c>: from a checkpoint to an ONNX file that is known to compute the same.</summary>
internal static class ExportCommand
{
    private const string DefaultFolder = "artifacts/models";

    public static Command Create()
    {
        Argument<string?> source = new("RUN|FILE")
        {
            Description = "A run's folder (its newest best checkpoint) or a .pth or .safetensors file. Default: the newest experiment",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> target = new("--out") { Description = $"The ONNX file; an existing one is replaced once the new one is verified. Default: {DefaultFolder}/RUN-NETWORK-SIZE.onnx, for fp16 RUN-NETWORK-SIZE-fp16.onnx", HelpName = "FILE" };
        Option<PictureSize?> size = CommonOptions.Size("The size the model takes: a side, or height x width. Default: the size the run was validated at, or 1024");
        Option<bool> dynamic = new("--dynamic") { Description = "The model takes any size, which is slower than a fixed one" };
        Option<string?> network = new("--network") { Description = "The network of a FILE from elsewhere. Default: u2netp", HelpName = "NAME" };
        Option<string?> profile = new("--profile") { Description = "The normalisation a FILE from elsewhere was trained with. Default: imagenet", HelpName = "NAME" };
        Option<string?> precision = CommonOptions.Precision();
        Command command = new("export", "Exports a checkpoint to ONNX and compares it with Torch before it is put in place")
        {
            source, target, size, dynamic, precision, network, profile,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(dynamic) && parsed.GetValue(size) is not null)
                throw UserErrorException.Usage("--size and --dynamic contradict each other; give one of them");
            ExportSource found = ExportSource.Find(parsed.GetValue(source), parsed.GetValue(network), parsed.GetValue(profile));
            PictureSize? fixedSize = parsed.GetValue(dynamic) ? null : parsed.GetValue(size) ?? new PictureSize(found.Size, found.Size);
            ModelPrecision numbers = ModelPrecisions.Get(parsed.GetRequiredValue(precision)!);
            string path = parsed.GetValue(target) ?? Path.Combine(DefaultFolder, DefaultName(found, fixedSize, numbers));
            TextWriter output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"checkpoint {found.Checkpoint}");
            output.WriteLine($"network    {found.Network}, profile {found.Profile} (from {found.Recipe ?? "the command line and the defaults"})");
            Describe(ModelExport.Run(found, fixedSize?.Height, fixedSize?.Width, numbers, path, new OnnxRuntimeRunner(), cancellation), fixedSize, output);
            return Task.FromResult(ExitCodes.Done);
        });
        return command.WithExamples(
            new CommandExample("matting-train export", "The newest experiment's best checkpoint, into artifacts/models"),
            new CommandExample("matting-train export outputs/experiments/exp_001 --out model.onnx --size 1024", "For pictures of 1024 x 1024"),
            new CommandExample("matting-train export u2netp.pth --out u2netp.onnx --dynamic", "Weights from elsewhere, for any size"),
            new CommandExample("matting-train export outputs/experiments/exp_001 --precision fp16", "Half the file and half the memory, for a GPU"));
    }

    private static string DefaultName(ExportSource source, PictureSize? size, ModelPrecision precision)
    {
        string run = source.Recipe is null
            ? Path.GetFileNameWithoutExtension(source.Checkpoint)
            : Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(source.Checkpoint))!);
        string numbers = precision == ModelPrecision.Float32 ? "" : $"-{precision.Name()}";
        return $"{run}-{source.Network}-{SizeText(size)}{numbers}.onnx";
    }

    private static string SizeText(PictureSize? size) => size switch
    {
        null => "dynamic",
        { } square when square.Height == square.Width => square.Height.ToString(CultureInfo.InvariantCulture),
        { } other => other.ToString(),
    };

    private static void Describe(ExportReport report, PictureSize? size, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"verified   Torch and {report.Engine} differ by at most {report.Card.Verified!.Maximum:0.00e+00}, on average {report.Card.Verified.Mean:0.00e+00}"));
        string precision = report.Card.Precision.Name();
        output.WriteLine($"model      {report.Path}, {SizeText(size)}, {precision}, {HumanText.Bytes(report.Bytes)}");
    }
}
