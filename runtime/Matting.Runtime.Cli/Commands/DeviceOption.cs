using System.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Diagnostics;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>--device</c>: every device of ONNX Runtime that Matting knows, in one spelling; whether it is there shows when a model is loaded.</summary>
internal static class DeviceOption
{
    /// <summary>A list of devices; null when the option is absent.</summary>
    public static Option<IReadOnlyList<string>?> CreateList() => ListOption.OfText(
        "--device", $"Where the network runs. Default: {DeviceSupport.Cpu}", "DEVICE,...", string.Join(", ", DeviceSupport.Devices), NormaliseOrNull);

    /// <summary>One device; the CPU when the option is absent.</summary>
    public static Option<string> Create(string purpose = "Where the network runs") => new("--device")
    {
        Description = $"{purpose}: {string.Join(", ", DeviceSupport.Devices)}. A device that is not there is an error; 'matting doctor' says which are",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => DeviceSupport.Cpu,
        CustomParser = result =>
        {
            try
            {
                return DeviceSupport.Normalise(result.Tokens[0].Value);
            }
            catch (ArgumentException unknown)
            {
                result.AddError($"--{unknown.Message.Split(" (Parameter")[0]}");
                return DeviceSupport.Cpu;
            }
        },
    };

    private static string? NormaliseOrNull(string text)
    {
        try
        {
            return DeviceSupport.Normalise(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
