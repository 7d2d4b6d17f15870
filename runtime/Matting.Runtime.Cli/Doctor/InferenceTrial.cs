using System.Diagnostics;
using Matting.Runtime.Diagnostics;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Cli.Doctor;

/// <summary>Runs a small network on a device: what works is what has worked.</summary>
internal sealed class InferenceTrial(InferenceEnvironment environment)
{
    private const string Cpu = "CPUExecutionProvider";
    private const string Cuda = "CUDAExecutionProvider";
    private const string TensorRt = "TensorrtExecutionProvider";
    private const int Side = 64;

    private readonly Lazy<byte[]> _model = new(Build);

    /// <summary>The CPU, CUDA and TensorRT. Tried are the CPU, what was asked for, and CUDA where it is offered.</summary>
    /// <param name="asked">The device of the command line.</param>
    public IReadOnlyList<DeviceReport> All(string asked)
    {
        DeviceReport cpu = new() { Device = "cpu", Provider = Cpu, Offered = environment.Providers.Contains(Cpu) };
        DeviceReport cuda = OnGpu(asked == "cpu" ? "cuda:0" : asked, Cuda);
        return [Try(cpu), cuda.Offered || asked != "cpu" ? Try(cuda) : cuda with { Failure = BuiltWithout(Cuda) }, WithoutTrial(OnGpu("tensorrt", TensorRt))];
    }

    private DeviceReport OnGpu(string device, string provider)
    {
        GpuSupport support = GpuSupport.Of(environment, provider);
        string[] names = [.. support.Missing.Select(library => library.Name)];
        return new DeviceReport
        {
            Device = device,
            Provider = provider,
            Offered = support.Offered,
            Missing = [.. support.Missing.Select(library => new MissingReport(library.Name, library.NeededBy, InstallAdvice.For(library.Name, names)))],
        };
    }

    private DeviceReport WithoutTrial(DeviceReport report) => report with
    {
        Failure = report.Offered ? "Matting runs on cpu and cuda; it does not use this provider" : BuiltWithout(report.Provider),
    };

    private string BuiltWithout(string provider) =>
        environment.Version is null ? "ONNX Runtime does not load" : $"this libonnxruntime ({environment.Version}) was built without {provider}";

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
