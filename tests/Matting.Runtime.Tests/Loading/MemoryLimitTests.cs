using Matting.CommandLine;
using Matting.Runtime.Tests.Cli;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Loading;

/// <summary>On the CPU a limit holds for the process, so that all tests of this process use one.</summary>
public sealed class MemoryLimitTests : CliTest
{
    private const long Limit = 48 << 20;
    private const string LimitText = "48MiB";
    private const int Channels = 64;
    private const int SmallSide = 32;

    // 64 channels of float32 at this side are 64 MiB
    private const int LargeSide = 512;

    private static readonly MattingModelOptions Limited = new() { Profile = "half", Height = SmallSide, Width = SmallSide, MemoryLimit = Limit };

    [Fact]
    public void A_run_within_the_limit_computes_what_it_computes_without()
    {
        PixelImage picture = Pictures.Rgb(SmallSide, SmallSide);
        using MattingModel limited = MattingModel.Load(Wide(), "wide.onnx", Limited);
        using MattingModel free = MattingModel.Load(Wide(), "wide.onnx", Limited with { MemoryLimit = null });
        Assert.Equal(free.Predict(picture, cancellation: TestContext.Current.CancellationToken).Pixels, limited.Predict(picture, cancellation: TestContext.Current.CancellationToken).Pixels);
    }

    [Fact]
    public void A_run_that_needs_more_fails_and_a_smaller_one_runs_after_it()
    {
        byte[] model = Wide();
        using MattingModel large = MattingModel.Load(model, "wide.onnx", Limited with { Height = LargeSide, Width = LargeSide });
        for (int attempt = 0; attempt < 2; attempt++)
        {
            MattingModelException refused = Assert.Throws<MattingModelException>(() => large.Predict(Pictures.Rgb(8, 8), cancellation: TestContext.Current.CancellationToken));
            Assert.Equal(MattingModelError.OutOfMemory, refused.Reason);
            Assert.StartsWith("wide.onnx: a run needs more memory than it may take: Available memory of ", refused.Message, StringComparison.Ordinal);
        }
        using MattingModel small = MattingModel.Load(model, "wide.onnx", Limited);
        Assert.Equal(8, small.Predict(Pictures.Rgb(8, 8), cancellation: TestContext.Current.CancellationToken).Width);
        using MattingModel free = MattingModel.Load(model, "wide.onnx", Limited with { MemoryLimit = null, Height = LargeSide, Width = LargeSide });
        Assert.Equal(8, free.Predict(Pictures.Rgb(8, 8), cancellation: TestContext.Current.CancellationToken).Width);
    }

    [Fact]
    public void Weights_that_need_more_fail_when_the_model_is_loaded()
    {
        MattingModelException refused = Assert.Throws<MattingModelException>(() => MattingModel.Load(Heavy(), "heavy.onnx", Limited));
        Assert.Equal(MattingModelError.OutOfMemory, refused.Reason);
        Assert.StartsWith("heavy.onnx: is too large for the memory it may take: ", refused.Message, StringComparison.Ordinal);
        using MattingModel free = MattingModel.Load(Heavy(), "heavy.onnx", Limited with { MemoryLimit = null });
        Assert.Equal(SmallSide, free.Height);
    }

    [Fact]
    public void A_second_limit_in_one_process_is_refused_naming_both()
    {
        using MattingModel first = MattingModel.Load(Wide(), "wide.onnx", Limited);
        DeviceUnavailableException refused = Assert.Throws<DeviceUnavailableException>(() => MattingModel.Load(Wide(), "wide.onnx", Limited with { MemoryLimit = 2 * Limit }));
        Assert.Contains($"a memory limit of {2 * Limit} bytes: on the CPU it holds for the whole process, and this one has a limit of {Limit} bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_the_CPU_or_the_device_cannot_have_is_refused()
    {
        Assert.Contains("below 4 GiB", Assert.Throws<DeviceUnavailableException>(() => MattingModel.Load(Wide(), "wide.onnx", Limited with { MemoryLimit = 1L << 32 })).Message, StringComparison.Ordinal);
        Assert.Contains("takes no memory limit; cpu, cuda, tensorrt do",
            Assert.Throws<DeviceUnavailableException>(() => MattingModel.Load(Wide(), "wide.onnx", Limited with { Device = "webgpu" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => MattingModel.Load(Wide(), "wide.onnx", Limited with { MemoryLimit = 0 }));
    }

    [Fact]
    public void The_command_ends_with_one_line_when_the_limit_does_not_suffice()
    {
        string file = Folder.File("wide.onnx");
        File.WriteAllBytes(file, Wide());
        string[] common = ["predict", "--model", file, "--profile", "half", "--memory-limit", LimitText, "--out", Folder.File("out"), Picture("a.png"), "--size"];
        CliRun.Of([.. common, $"{LargeSide}"]).FailsWith(ExitCodes.Failed, "wide.onnx: a run needs more memory than it may take");
        CliRun fits = CliRun.Of([.. common, $"{SmallSide}", "--overwrite"]);
        Assert.True(fits.ExitCode == ExitCodes.Done, fits.Error);
        CliRun.Of("predict", "--model", file, "--memory-limit", "much", "--out", Folder.File("out"), Picture("b.png")).FailsWith(ExitCodes.Usage, "--memory-limit much", "2GB or 512MiB");
    }

    [Fact]
    public void A_picture_of_a_folder_that_needs_more_fails_alone()
    {
        string file = Folder.File("wide.onnx");
        File.WriteAllBytes(file, WideGraph().Properties(MattingSmall.Card(null, null).ToMetadata()).ToBytes());
        Picture("photos/a.png", SmallSide, SmallSide);
        Picture("photos/b.png", LargeSide, LargeSide);
        Picture("photos/c.png", SmallSide, SmallSide);
        CliRun run = CliRun.Of("predict", "--model", file, "--memory-limit", LimitText, "--out", Folder.File("out"), Folder.File("photos"));
        Assert.Equal(ExitCodes.PartFailed, run.ExitCode);
        string line = Assert.Single(run.Error.Split('\n'), line => line.StartsWith(CliRun.ErrorPrefix, StringComparison.Ordinal));
        Assert.Contains("b.png: ", line, StringComparison.Ordinal);
        Assert.Contains("a run needs more memory than it may take", line, StringComparison.Ordinal);
        Assert.Equal(["a.png", "c.png"], Directory.GetFiles(Folder.File("out"), "*.png", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }

    /// <summary>A network of open size with a wide middle.</summary>
    private static byte[] Wide() => WideGraph().ToBytes();

    private static TinyModel WideGraph()
    {
        float[] weights = [.. Enumerable.Range(0, Channels * 3).Select(i => ((i % 7) - 3) / 8f)];
        return new TinyModel()
            .Input("image", TinyModel.Float, "N", 3, "H", "W")
            .Output("alpha", TinyModel.Float, "N", 1, "H", "W")
            .Weights("weights", weights, Channels, 3, 1, 1)
            .Node("Conv", ["image", "weights"], ["wide"], ("kernel_shape", new long[] { 1, 1 }))
            .Node("Sigmoid", ["wide"], ["squashed"])
            .Node("ReduceMean", ["squashed"], ["alpha"], ("axes", new long[] { 1 }), ("keepdims", 1L));
    }

    /// <summary>A network whose weights are 64 MiB: a factor for each pixel in many maps.</summary>
    private static byte[] Heavy()
    {
        const int Maps = (64 << 20) / (4 * SmallSide * SmallSide);
        return new TinyModel()
            .Input("image", TinyModel.Float, 1, 3, SmallSide, SmallSide)
            .Output("alpha", TinyModel.Float, 1, 1, SmallSide, SmallSide)
            .Weights("factors", new float[Maps * SmallSide * SmallSide], 1, Maps, SmallSide, SmallSide)
            .Node("ReduceMean", ["image"], ["grey"], ("axes", new long[] { 1 }), ("keepdims", 1L))
            .Node("Mul", ["grey", "factors"], ["maps"])
            .Node("ReduceMean", ["maps"], ["alpha"], ("axes", new long[] { 1 }), ("keepdims", 1L))
            .ToBytes();
    }
}
