using System.CommandLine;
using Matting.CommandLine;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting presets</c>: the table of foreign families.</summary>
internal static class PresetsCommand
{
    public static Command Create()
    {
        Command command = new("presets", "Shows the families of foreign models that --preset knows, and where their numbers come from");
        command.SetAction(parsed =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            output.WriteLine("preset       profile   open size         output  normalise");
            foreach (ModelPreset preset in ModelPreset.Known)
            {
                string rule = preset.Output == OutputRule.First ? "first" : "last";
                string size = preset.Size?.ToString() ?? $"shorter side {preset.ShorterSide}";
                output.WriteLine($"{preset.Name,-12} {preset.Profile.Name,-9} {size,-17} {rule,-7} {ModelArguments.Word(preset.OutputNormalisation)}");
                output.WriteLine($"             from {preset.Source}");
                output.WriteLine($"             other than here: {preset.Differences}");
            }
            return ExitCodes.Done;
        });
        return command.WithExamples(
            new CommandExample("matting presets | grep -A 2 birefnet", "One family of the table"),
            new CommandExample("matting predict --model u2netp.onnx --preset u2netp --out alphas photo.jpg", "Runs the export of another background remover"));
    }
}
