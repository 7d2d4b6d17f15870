using System.CommandLine;
using Matting.CommandLine;

namespace Matting.Trainer.Cli;

/// <summary>The command line <c>matting-train</c>.</summary>
internal static class TrainerCommandLine
{
    public static RootCommand Create() => new("Trains matting networks and exports them to ONNX")
    {
        TrainCommand.Create(),
        ExportCommand.Create(),
        SynthCommand.Create(),
        BaselinesCommand.Create(),
        SheetCommand.Create(),
        InspectCommand.Create(),
    };
}
