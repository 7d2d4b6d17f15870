using System.CommandLine;
using System.Text.Json;
using Matting.CommandLine.Inspection;
using Matting.CommandLine.Options;

namespace Matting.CommandLine;

/// <summary>The command <c>inspect</c>, the same in <c>matting</c> and <c>matting-train</c>.</summary>
public static class InspectCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    /// <summary>Creates the command: a file to a table, or to a JSON document (<see cref="InspectionReport"/>).</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "A .pth, .safetensors or .onnx file" };
        Option<bool> json = CommonOptions.Json();
        Option<bool> summary = new("--summary") { Description = "Leave out the table of single tensors" };
        Command command = new("inspect", "Shows what is in a checkpoint or a model; nothing in the file is executed") { file, json, summary };
        command.SetAction(parsed =>
        {
            InspectionReport report = FileInspector.Inspect(parsed.GetRequiredValue(file));
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                output.WriteLine(JsonSerializer.Serialize(report, Json));
            else
                new InspectionTable(output).Show(report, withTensors: !parsed.GetValue(summary));
            return ExitCodes.Done;
        });
        string tool = RootCommand.ExecutableName;
        return command.WithExamples(
            new CommandExample($"{tool} inspect u2netp_best.pth", "Tensors, network and other values of a checkpoint"),
            new CommandExample($"{tool} inspect model.onnx --json", "Model card, inputs, outputs and operators of a model as JSON"));
    }
}
