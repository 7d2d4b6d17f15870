using System.Globalization;
using Matting.CommandLine;

namespace Matting.Runtime.Cli.Doctor;

/// <summary>Shows a report to people.</summary>
internal sealed class DoctorText(TextWriter output)
{
    private const int NameWidth = 14;

    public void Show(DoctorReport report)
    {
        ShowMachine(report.Machine);
        Fact("ONNX Runtime", report.OnnxRuntime.Version is { } version ? $"{version}, {report.OnnxRuntime.Library ?? "at a place that the system does not tell"}" : $"does not load: {report.OnnxRuntime.Failure}");
        Fact("offers", report.OnnxRuntime.Providers.Count > 0 ? string.Join(", ", report.OnnxRuntime.Providers) : "nothing");
        foreach (ImageLibraryReport library in report.ImageLibraries)
            ShowLibrary(library);
        output.WriteLine();
        foreach (DeviceReport device in report.Devices)
            ShowDevice(device, device.Device == report.Device);
        output.WriteLine();
        output.WriteLine(report.Ready
            ? $"ready: --device {report.Device} runs with {report.Devices.First(device => device.Device == report.Device).Provider}"
            : $"not ready: --device {report.Device} does not run");
    }

    private void ShowMachine(MachineReport machine)
    {
        Fact("matting", $"{machine.Matting}, {(machine.Packages == "nuget" ? "official packages" : "stand-ins of this repository over libraries of the system")} ({machine.Packages})");
        Fact(".NET", machine.DotNet);
        Fact("ASP.NET Core", machine.AspNetCore ?? $"not installed, and serve alone needs it: {AspNetCoreRuntime.Install}");
        Fact("system", machine.System);
        Fact("processor", $"{machine.Processor}, {HumanText.Count(machine.Threads, "thread")}, {string.Join(" ", machine.Vectors)}");
        string free = machine.FreeMemoryBytes is { } bytes ? $", {HumanText.Bytes(bytes)} free" : "";
        Fact("memory", HumanText.Bytes(machine.MemoryBytes) + free);
    }

    private void ShowLibrary(ImageLibraryReport library)
    {
        Fact("pictures", $"{library.Name} {(library.StandIn ? "stand-in of Matting " : "")}{library.Version}{(library.Failure is { } failure ? $" does not work: {failure}" : "")}");
        foreach (string native in library.Natives)
            Fact("", native);
    }

    private void ShowDevice(DeviceReport device, bool asked)
    {
        string state = device.Runs == true
            ? string.Create(CultureInfo.InvariantCulture, $"runs: U2NETP loaded in {device.LoadMs:0} ms, one run at 64x64 in {device.RunMs:0.0} ms on one thread")
            : device.Runs == false ? $"does not run: {device.Failure}" : $"{device.Failure}";
        Fact($"{(asked ? "> " : "  ")}{device.Device}", $"{device.Provider} {state}");
        foreach (MissingReport missing in device.Missing)
            Fact("", $"missing {missing.Library} (for {missing.NeededBy}): {missing.Install}");
    }

    private void Fact(string name, string value) => output.WriteLine($"{name.PadRight(NameWidth)}{value}");
}
