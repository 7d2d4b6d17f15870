using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Training.Records;

/// <summary>What a run was made with: versions, machine, command line.</summary>
internal static class RunEnvironment
{
    /// <summary>Looks at this process and its machine.</summary>
    /// <param name="machine">What of it the run uses.</param>
    /// <param name="device">The device by name.</param>
    /// <param name="started">When the run, or this part of it, began.</param>
    public static JsonObject Describe(RunMachine machine, string device, DateTimeOffset started)
    {
        GitState? git = GitState.Of(Environment.CurrentDirectory);
        return new JsonObject
        {
            ["started"] = started.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
            ["command_line"] = Environment.CommandLine,
            ["working_folder"] = Environment.CurrentDirectory,
            ["git_commit"] = git?.Commit,
            ["git_branch"] = git?.Branch,
            ["matting"] = VersionOf(typeof(TrainingRun).Assembly),
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
            ["engine"] = TorchDevice.Engine,
            ["os"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["machine"] = Environment.MachineName,
            ["cpu"] = CpuName(),
            ["cpu_cores"] = Environment.ProcessorCount,
            ["device"] = device,
            ["threads"] = machine.Threads,
            ["compute"] = machine.Compute.ToString(),
            ["allocator"] = machine.Allocator,
        };
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "?";

    private static string? CpuName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        if (!File.Exists(CpuInfo))
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        string? line = File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
