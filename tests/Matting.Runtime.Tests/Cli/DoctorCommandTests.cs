using System.Text.Json;
using Matting.CommandLine;
using Matting.Runtime.Cli.Commands;
using Matting.Runtime.Cli.Doctor;
using Matting.Runtime.Diagnostics;

namespace Matting.Runtime.Tests.Cli;

public sealed class DoctorCommandTests
{
    private static readonly ImageLibraryReport GoodLibrary = new("SixLabors.ImageSharp", "3.1.12", false, [], null);

    private static readonly DeviceReport BadDevice = new()
    {
        Device = "cuda:0",
        Provider = "CUDAExecutionProvider",
        Offered = true,
        Runs = false,
        Failure = "device cuda:0: refused",
        Missing = [new MissingReport("libcudnn.so.9", "libonnxruntime_providers_cuda.so", "apt-get install cudnn9-cuda-12")],
    };

    [Fact]
    public void Everything_is_named_and_the_network_runs_on_the_CPU()
    {
        CliRun run = CliRun.Of("doctor");
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        foreach (string part in (string[])["ONNX Runtime", InferenceEnvironment.Probe().Version!, ".NET 10", "CPUExecutionProvider runs", "SixLabors.ImageSharp", "OpenCvSharp", "ready: --device cpu"])
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_document_says_the_same()
    {
        CliRun run = CliRun.Of("doctor", "--json");
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("matting.doctor/1", report.GetProperty("schema").GetString());
        Assert.True(report.GetProperty("ready").GetBoolean());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("problem").ValueKind);
        Assert.Equal(Environment.ProcessorCount, report.GetProperty("machine").GetProperty("threads").GetInt32());
        Assert.True(report.GetProperty("machine").GetProperty("memoryBytes").GetInt64() > 0);
        Assert.Contains(report.GetProperty("machine").GetProperty("packages").GetString(), (string[])["standin", "nuget"]);
        JsonElement cpu = report.GetProperty("devices")[0];
        Assert.True(cpu.GetProperty("runs").GetBoolean());
        Assert.True(cpu.GetProperty("runMs").GetDouble() > 0);
        string?[] devices = [.. report.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("device").GetString())];
        Assert.Equal(["cpu", "cuda:0", "tensorrt:0"], devices.Take(3));
        Assert.Equal(devices.Skip(3), DeviceSupport.OfferedDevices(InferenceEnvironment.Probe()).Except(devices.Take(3)));
        bool standIn = report.GetProperty("machine").GetProperty("packages").GetString() == "standin";
        Assert.Equal([standIn, standIn], report.GetProperty("imageLibraries").EnumerateArray().Select(library => library.GetProperty("standIn").GetBoolean()));
    }

    [Fact]
    public void A_device_that_does_not_run_fails_with_what_is_missing_and_the_command_that_installs_it()
    {
        CliRun run = CliRun.Of("doctor", "--device", "cuda:3");
        if (run.ExitCode == ExitCodes.Done)
            Assert.Skip("this machine has four GPUs");
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("not ready: --device cuda:3", run.Output, StringComparison.Ordinal);
        string line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{CliRun.ErrorPrefix}device cuda:3: ", line, StringComparison.Ordinal);
        DeviceSupport support = DeviceSupport.Of(InferenceEnvironment.Probe(), "cuda");
        if (support.Missing is [var first, ..])
        {
            Assert.Contains(first.Name, line, StringComparison.Ordinal);
            Assert.EndsWith(InstallAdvice.For(first.Name, [.. support.Missing.Select(library => library.Name)]), line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tensorrt:1")]
    [InlineData("openvino:GPU")]
    [InlineData("webgpu")]
    public void Any_device_can_be_asked_for(string device)
    {
        CliRun run = CliRun.Of("doctor", "--device", device, "--json");
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        JsonElement asked = Assert.Single(report.GetProperty("devices").EnumerateArray(), entry => entry.GetProperty("device").GetString() == device);
        Assert.Equal(run.ExitCode == ExitCodes.Done, asked.GetProperty("runs").GetBoolean());
        if (run.ExitCode != ExitCodes.Done)
            Assert.StartsWith($"{CliRun.ErrorPrefix}device {device}: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_thing_that_is_missing_is_the_one_that_a_prediction_would_meet_first()
    {
        InferenceEnvironment environment = InferenceEnvironment.Probe();
        ImageLibraryReport broken = GoodLibrary with { Failure = "libjpeg.so.62 is not there" };
        Assert.Contains("libjpeg.so.62", DoctorCommand.FirstProblem(environment, BadDevice, [GoodLibrary, broken])!.Text, StringComparison.Ordinal);
        Problem device = DoctorCommand.FirstProblem(environment, BadDevice, [GoodLibrary])!;
        Assert.Equal(new Problem("device cuda:0: refused; missing is libcudnn.so.9", "apt-get install cudnn9-cuda-12"), device);
        Assert.Null(DoctorCommand.FirstProblem(environment, BadDevice with { Runs = true }, [GoodLibrary]));
        Assert.Null(DoctorCommand.FirstProblem(environment, BadDevice with { Missing = [] }, [GoodLibrary])!.Install);
    }

    [Theory]
    [InlineData("libonnxruntime_providers_cuda.so", "--packages=nuget")]
    [InlineData("libcuda.so.1", "nvidia-driver")]
    [InlineData("libcudnn.so.9", "cudnn9-cuda-13")]
    [InlineData("libcublasLt.so.13", "cuda-toolkit-13")]
    [InlineData("libcufft.so.12", "cuda-toolkit-13")]
    [InlineData("libnvrtc.so.13", "cuda-toolkit-13")]
    [InlineData("libnvinfer.so.10", "libnvinfer10 libnvinfer-plugin10")]
    [InlineData("libstrange.so.7", "apt-file search libstrange.so.7")]
    public void Each_library_has_a_command_for_the_release_of_CUDA_that_is_wanted(string library, string part) =>
        Assert.Contains(part, InstallAdvice.For(library, ["libcufft.so.12", "libcublasLt.so.13"]), StringComparison.Ordinal);

    [Fact]
    public void A_device_of_another_name_is_an_error_of_usage() => CliRun.Of("doctor", "--device", "gpu").FailsWith(ExitCodes.Usage, "--device 'gpu': expected cpu, cuda[:N], tensorrt[:N]");
}
