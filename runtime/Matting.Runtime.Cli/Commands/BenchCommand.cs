using System.CommandLine;
using System.Text.Json;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Bench;
using Matting.Runtime.Diagnostics;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting bench</c>: what a model costs on this machine.</summary>
internal sealed class BenchCommand
{
    private const string Alpha = "alpha";
    private const string Cutout = "cutout";
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    private readonly Argument<string> _model = new("MODEL") { Description = "ONNX model, own or foreign" };
    private readonly Option<IReadOnlyList<int>?> _batches = ListOption.OfWhole("--batch", "Pictures of one run. Default: 1,2", 1, 1024);
    private readonly Option<IReadOnlyList<TestTimeAugmentation>?> _ttas = ListOption.Of<TestTimeAugmentation>(
        "--tta", "Test-time augmentations. Default: none,flip", $"{Words.None},{Words.Flip}", $"{Words.None} and {Words.Flip}", Words.Tta);

    private readonly Option<IReadOnlyList<PictureSize>?> _sizes = ListOption.Of<PictureSize>(
        "--size", $"Sizes of the network, for models of open size. Default: {string.Join(',', BenchPlan.SizesOfOpenModels.Select(size => size.Height))}; other models have one",
        "N|HxW,...", "numbers of pixels such as 1024, or height x width such as 512x768", text => PictureSize.TryParse(text, out PictureSize size) ? size : null);

    private readonly Option<IReadOnlyList<string>?> _devices = DeviceOption.CreateList();
    private readonly Option<IReadOnlyList<int>?> _threads = ListOption.OfWhole(
        "--threads", $"Threads of one run. Default: the cores this process may use (here {Environment.ProcessorCount})", 1, 1024);

    private readonly Option<string?> _images = new("--images") { Description = "Folder whose first pictures are measured with; default: a picture that is made for it", HelpName = "DIR" };
    private readonly Option<string?> _post = CommonOptions.Choice(
        "--post", "Post-process of the stages and the pipeline", PostprocessOptions.None, PostprocessOptions.None, ComponentOptions.ProcessName, CalibrationOptions.ProcessName);

    private readonly Option<string?> _kind = CommonOptions.Choice("--kind", "What the stages and the pipeline make: the alpha, or the foreground cut out", Alpha, Alpha, Cutout);
    private readonly Option<double> _seconds = CommonOptions.Number("--seconds", "Time for each row of the tables; a stage takes a tenth of it", 0.01, 3600, 5);
    private readonly Option<int> _runs = CommonOptions.Whole("--runs", "Runs of each row at least, however long they take", 1, 100_000, 6);
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly ModelArguments _description = new();

    private BenchCommand()
    {
    }

    public static Command Create()
    {
        BenchCommand options = new();
        CommonOptions.RefuseUnknownOptions(options._model);
        Command command = new("bench", "Measures a model on this machine: latency and throughput by size, batch, flip-TTA, device and threads, the stages, and the whole pipeline")
        {
            options._model, options._batches, options._ttas, options._sizes, options._devices, options._threads, options._images,
            options._post, options._kind, options._seconds, options._runs, options._json,
        };
        options._description.AddDescriptionTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(options.Run(parsed, cancellation)));
        return command.WithExamples(
            new CommandExample("matting bench model.onnx", "Everything with the defaults; Ctrl-C shows what has been measured so far"),
            new CommandExample("matting bench model.onnx --batch 1,2,4 --threads 1,2,4 --seconds 10", "How batch and threads pay, ten seconds a row"),
            new CommandExample("matting bench open.onnx --size 512,1024 --tta flip --images test --json", "A model of open size on pictures of your own, as JSON"),
            new CommandExample("matting bench u2net.onnx --preset u2net --batch 1", "A model from elsewhere"));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        BenchPlan plan = Read(parsed);
        using BenchPictures pictures = parsed.GetValue(_images) is { } folder ? BenchPictures.OfFolder(folder) : BenchPictures.Make();
        using BenchRun run = new(plan, pictures, options => ModelArguments.Load(parsed, plan.Model, options));
        bool whole = run.Run(TimeProvider.System, cancellation);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (run.Report(interrupted: !whole) is { } report)
        {
            if (parsed.GetValue(_json))
                output.WriteLine(JsonSerializer.Serialize(report, Format));
            else
                new BenchText(output).Show(report);
        }
        return whole ? ExitCodes.Done : throw new OperationCanceledException(cancellation);
    }

    private BenchPlan Read(ParseResult parsed) => new()
    {
        Model = parsed.GetRequiredValue(_model),
        Description = _description.ReadDescription(parsed),
        Devices = parsed.GetValue(_devices) ?? [DeviceSupport.Cpu],
        Threads = parsed.GetValue(_threads) is { } threads ? [.. threads.Select(number => (int?)number)] : [null],
        Sizes = parsed.GetValue(_sizes),
        Batches = parsed.GetValue(_batches) ?? [1, 2],
        Ttas = parsed.GetValue(_ttas) ?? [TestTimeAugmentation.None, TestTimeAugmentation.Flip],
        Post = parsed.GetValue(_post) switch
        {
            ComponentOptions.ProcessName => ComponentOptions.Default,
            CalibrationOptions.ProcessName => CalibrationOptions.Default,
            _ => null,
        },
        Result = new ResultOptions { Kind = parsed.GetValue(_kind) == Cutout ? ResultKind.Cutout : ResultKind.Alpha },
        Time = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
        Runs = parsed.GetValue(_runs),
    };
}
