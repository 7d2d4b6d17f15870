using System.CommandLine;
using Matting.CommandLine;
using Matting.Runtime.Cli.Commands;

namespace Matting.Runtime.Cli;

/// <summary>The command line <c>matting</c>.</summary>
internal static class MattingCommand
{
    /// <param name="streams">stdin and stdout for pictures; null for those of the process.</param>
    public static RootCommand Create(BinaryStreams? streams = null)
    {
        RootCommand root = new("Alpha mattes from ONNX models")
        {
            PredictCommand.Create(streams ?? BinaryStreams.OfConsole),
            SubmitCommand.Create(),
            ServeCommand.Create(),
            ConvertCommand.Create(),
            InspectCommand.Create(),
            PresetsCommand.Create(),
            CompareCommand.Create(),
            ViewCommand.Create(),
            BenchCommand.Create(),
            DoctorCommand.Create(),
        };
        return root.WithExamples(
            new CommandExample("matting predict --model model.onnx --out alphas photo.jpg", "Writes alphas/photo.png, the alpha of one picture"),
            new CommandExample("matting submit --model model.onnx --images test --out submission.csv --tta flip", "Predicts a folder into a submission"),
            new CommandExample("matting predict --model u2netp.onnx --preset u2netp --out alphas photo.jpg", "Runs the export of another background remover; 'matting presets' shows which"),
            new CommandExample("matting serve --model model.onnx --port 8080", "Answers pictures over HTTP, with a page to try it"),
            new CommandExample("matting convert u2netp.pth --network u2netp --size 1024 --out model.onnx", "Turns PyTorch weights into a model, without Python"),
            new CommandExample("matting inspect model.onnx", "Shows what a model or a checkpoint contains"),
            new CommandExample("matting compare submission.csv submission_2.csv", "Says how far two submissions, folders or models are apart"),
            new CommandExample("matting view submission.csv --images test --out sheet.png", "Draws a submission beside its pictures"),
            new CommandExample("matting bench model.onnx", "Measures a model on this machine, stage by stage"),
            new CommandExample("matting doctor", "Says what is installed, what would run and what is missing"));
    }
}
