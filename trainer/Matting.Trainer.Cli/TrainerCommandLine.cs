using System.CommandLine;
using Matting.CommandLine;

namespace Matting.Trainer.Cli;

/// <summary>The command line <c>matting-train</c>.</summary>
internal static class TrainerCommandLine
{
    /// <summary>Makes all commands.</summary>
    /// <param name="interruption">Lets a training ask what Ctrl-C means; null: it stops.</param>
    public static RootCommand Create(Interruption? interruption = null)
    {
        RootCommand root = new("Trains matting networks and exports them to ONNX")
        {
            TrainCommand.Create(interruption),
            EvalCommand.Create(),
            ExportCommand.Create(),
            PrepareCommand.Create(),
            SynthCommand.Create(),
            BaselinesCommand.Create(),
            SheetCommand.Create(),
            ReportCommand.Create(),
            InspectCommand.Create(),
        };
        return root.WithExamples(
            new CommandExample("matting-train synth --out data/synth --count 64 --size 256 --seed 1", "Makes pictures with known alpha"),
            new CommandExample(
                "matting-train train --recipe trainer/recipes/u2netp.yaml --set data.train=data/synth/train.csv data.val=data/synth/val.csv",
                "Trains on them"),
            new CommandExample("matting-train export --size 1024", "Exports the newest experiment's best checkpoint to ONNX"));
    }
}
