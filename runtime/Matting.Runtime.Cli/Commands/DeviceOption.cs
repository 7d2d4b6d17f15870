using System.CommandLine;
using Matting.Runtime.Diagnostics;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>--device</c>: every device of ONNX Runtime that Matting knows, in one spelling; whether it is there shows when a model is loaded.</summary>
internal static class DeviceOption
{
    public static Option<string> Create() => new("--device")
    {
        Description = $"Where the network runs: {string.Join(", ", DeviceSupport.Devices)}. A device that is not there is an error; 'matting doctor' says which are",
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
}
