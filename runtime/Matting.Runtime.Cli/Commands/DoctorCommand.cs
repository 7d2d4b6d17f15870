using System.CommandLine;
using System.Text.Json;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Doctor;
using Matting.Runtime.Diagnostics;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting doctor</c>: what is installed, what would run, what is missing.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static Command Create()
    {
        Option<string> device = DeviceOption.Create();
        Option<bool> json = CommonOptions.Json();
        Command command = new("doctor", "Says what is installed, which provider would run, what is missing and the command that installs it") { device, json };
        command.SetAction(parsed =>
        {
            DoctorReport report = Examine(parsed.GetRequiredValue(device));
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                output.WriteLine(JsonSerializer.Serialize(report, Format));
            else
                new DoctorText(output).Show(report);
            return report.Problem is { } problem
                ? throw new UserErrorException(problem.Install is { } install ? $"{problem.Text}; to install it: {install}" : problem.Text)
                : ExitCodes.Done;
        });
        return command.WithExamples(
            new CommandExample("matting doctor", "Looks at everything and runs a small network on the CPU; exit code 1 when it does not run"),
            new CommandExample("matting doctor --device cuda --json", "Whether the GPU runs, and otherwise which libraries are missing, as JSON"));
    }

    internal static DoctorReport Examine(string device)
    {
        InferenceEnvironment environment = InferenceEnvironment.Probe();
        IReadOnlyList<DeviceReport> devices = new InferenceTrial(environment).All(device);
        IReadOnlyList<ImageLibraryReport> images = PictureTrial.All();
        return new DoctorReport
        {
            Problem = FirstProblem(environment, devices.First(report => report.Device == device), images),
            Device = device,
            Machine = MachineFacts.Read(),
            OnnxRuntime = new OnnxRuntimeReport(environment.Version, environment.Library, environment.Providers, environment.Failure),
            Devices = devices,
            ImageLibraries = images,
        };
    }

    /// <summary>In the order in which a prediction would meet them.</summary>
    internal static Problem? FirstProblem(InferenceEnvironment environment, DeviceReport device, IReadOnlyList<ImageLibraryReport> images)
    {
        if (environment.Failure is { } failure)
            return new Problem($"ONNX Runtime does not load: {failure}", InstallAdvice.Everything);
        if (images.FirstOrDefault(library => library.Failure is not null) is { } broken)
            return new Problem($"{broken.Name} does not work: {broken.Failure}", InstallAdvice.Everything);
        if (device.Runs == true)
            return null;
        if (device.Missing.Count == 0)
            return new Problem($"{device.Failure}", null);
        MissingReport first = device.Missing[0];
        bool named = device.Failure?.Contains(first.Library, StringComparison.Ordinal) == true;
        return new Problem(named ? device.Failure! : $"{device.Failure}; missing is {first.Library}", first.Install);
    }
}
