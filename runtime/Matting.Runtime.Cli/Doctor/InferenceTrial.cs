using System.Diagnostics;
using Matting.Runtime.Diagnostics;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Cli.Doctor;

/// <summary>Runs a small network on a device: what works is what has worked.</summary>
internal sealed class InferenceTrial(InferenceEnvironment environment)
{
    private const string Cuda = "cuda:0";
    private const string TensorRt = "tensorrt:0";
    private const int Side = 64;

    private readonly Lazy<byte[]> _model = new(Build);

    /// <summary>
    /// The CPU; CUDA and TensorRT, there or not; whatever else the loaded ONNX Runtime offers; and what was asked for. The CPU, CUDA and
    /// what was asked for are tried, others are not: TensorRT compiles for a minute, drivers for graphics write on the terminal.
    /// </summary>
    /// <param name="asked">The device of the command line, in its one spelling.</param>
    public IReadOnlyList<DeviceReport> All(string asked)
    {
        List<string> devices = [DeviceSupport.Cpu, Cuda, TensorRt];
        int sibling = devices.FindIndex(device => Kind(device) == Kind(asked));
        if (sibling >= 0)
            devices[sibling] = asked;
        devices.AddRange(DeviceSupport.OfferedDevices(environment).Where(device => Kind(device) != Kind(asked) && !devices.Contains(device)));
        if (sibling < 0)
            devices.Add(asked);
        return [.. devices.Select(device => Report(device, asked))];
    }

    private static string Kind(string device) => device.Split(':')[0];

    private DeviceReport Report(string device, string asked)
    {
        DeviceSupport support = DeviceSupport.Of(environment, device);
        string[] names = [.. support.Missing.Select(library => library.Name)];
        DeviceReport report = new()
        {
            Device = device,
            Provider = support.Provider,
            Offered = support.Offered,
            Missing = [.. support.Missing.Select(library => new MissingReport(library.Name, library.NeededBy, InstallAdvice.For(library.Name, names)))],
        };
        if (device == asked || device == DeviceSupport.Cpu)
            return Try(report);
        if (!report.Offered)
            return report with { Failure = environment.Version is null ? "ONNX Runtime does not load" : $"this libonnxruntime ({environment.Version}) was built without {report.Provider}" };
        return device == Cuda || report.Missing.Count > 0
            ? Try(report)
            : report with { Failure = $"was not tried; 'matting doctor --device {device}' does that" };
    }

    private DeviceReport Try(DeviceReport report)
    {
        if (environment.Failure is not null)
            return report with { Runs = false, Failure = "ONNX Runtime does not load" };
        try
        {
            using MattingModel model = MattingModel.Load(_model.Value, "trial", new MattingModelOptions { Device = report.Device, Threads = 1 });
            model.WarmUp();
            float[] input = new float[3 * Side * Side], alpha = new float[Side * Side];
            long started = Stopwatch.GetTimestamp();
            model.Run(input, 1, Side, Side, alpha);
            return report with { Runs = true, LoadMs = model.LoadTime.TotalMilliseconds, RunMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds };
        }
        catch (Exception failure) when (failure is DeviceUnavailableException or MattingModelException)
        {
            return report with { Runs = false, Failure = failure.Message };
        }
    }

    private static byte[] Build()
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        ModelCard card = new() { Network = network.Name, Task = network.Task, Profile = NormalisationProfile.Imagenet };
        OnnxExportOptions options = new() { Height = Side, Width = Side, Card = card };
        return OnnxExporter.Serialise(OnnxExporter.Build(network, NetworkInitialiser.Create(network, seed: 1), options));
    }
}
