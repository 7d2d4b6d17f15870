using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Imaging;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Cli.Commands;

/// <summary>The options that say which model runs where; the same for every command that runs one.</summary>
internal sealed class ModelArguments
{
    private static readonly OrderedDictionary<string, OutputNormalisation> Normalisations = new()
    {
        ["none"] = OutputNormalisation.None,
        ["sigmoid"] = OutputNormalisation.Sigmoid,
        ["minmax"] = OutputNormalisation.MinMax,
    };

    private readonly Option<string> _model = new("--model") { Description = "ONNX model", HelpName = "FILE", Required = true };
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<int?> _threads = CommonOptions.Threads();
    private readonly Option<long?> _memoryLimit = new("--memory-limit")
    {
        Description = "Most memory that the network may take on cpu (below 4 GiB), cuda or tensorrt, for instance 2GB or 512MiB; a run that needs more fails. Default: no limit",
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (ByteSize.TryParse(text, out long bytes))
                return bytes;
            result.AddError($"--memory-limit {text}: expected an amount of memory such as 2GB or 512MiB");
            return null;
        },
    };

    private readonly Option<PictureSize?> _size = CommonOptions.Size("Size at which the network runs, for models of open size; other models know theirs");
    private readonly Option<string?> _profile = CommonOptions.Choice(
        "--profile", "Normalisation of a foreign model; others know theirs", null, [.. NormalisationProfile.Known.Select(profile => profile.Name)]);

    private readonly Option<string?> _preset = Preset();
    private readonly Option<string?> _normaliseOutput = CommonOptions.Choice(
        "--normalise-output", "What makes alpha of a foreign model's output: nothing, the sigmoid of logits, or a stretch of each map to 0..1. Default: the preset's, or none",
        null, [.. Normalisations.Keys]);

    private readonly Option<string?> _output = new("--output") { Description = "Output to read from a model that has several; default: the preset's, or alpha", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        AddSettingsTo(command);
    }

    /// <summary>All options but the model itself, for commands that take models as arguments.</summary>
    public void AddSettingsTo(Command command)
    {
        command.Options.Add(_size);
        command.Options.Add(_device);
        command.Options.Add(_threads);
        command.Options.Add(_memoryLimit);
        AddDescriptionTo(command);
    }

    /// <summary>The options that say what a foreign model does not say about itself; for commands that run models at several sizes or on several devices.</summary>
    public void AddDescriptionTo(Command command)
    {
        command.Options.Add(_preset);
        command.Options.Add(_profile);
        command.Options.Add(_output);
        command.Options.Add(_normaliseOutput);
    }

    /// <summary>What the options of <see cref="AddDescriptionTo"/> say.</summary>
    public MattingModelOptions ReadDescription(ParseResult parsed) => new()
    {
        Preset = parsed.GetValue(_preset) is { } preset ? ModelPreset.Get(preset) : null,
        OutputNormalisation = parsed.GetValue(_normaliseOutput) is { } normalisation ? Normalisations[normalisation] : null,
        Profile = parsed.GetValue(_profile),
        Output = parsed.GetValue(_output),
    };

    /// <summary>Loads the model and says on stderr what it is and what really runs it.</summary>
    public MattingModel Load(ParseResult parsed) => Load(parsed, parsed.GetRequiredValue(_model));

    /// <summary>Loads a model of another argument; see <see cref="Load(ParseResult)"/>.</summary>
    public MattingModel Load(ParseResult parsed, string path) => Load(parsed, path, ReadSettings(parsed));

    /// <summary>What the options of <see cref="AddSettingsTo"/> say.</summary>
    public MattingModelOptions ReadSettings(ParseResult parsed)
    {
        PictureSize? size = parsed.GetValue(_size);
        return ReadDescription(parsed) with
        {
            Device = parsed.GetRequiredValue(_device),
            Threads = parsed.GetValue(_threads),
            MemoryLimit = parsed.GetValue(_memoryLimit),
            Height = size?.Height,
            Width = size?.Width,
        };
    }

    /// <summary>Loads a model and says on stderr what it is and what really runs it.</summary>
    public static MattingModel Load(ParseResult parsed, string path, MattingModelOptions options)
    {
        MattingModel model = MattingModel.Load(path, options);
        parsed.InvocationConfiguration.Error.WriteLine(Describe(model));
        if (model is { Card.Precision: ModelPrecision.Float16, Device: "cpu" })
            parsed.InvocationConfiguration.Error.WriteLine($"{model.Name}: is in fp16, which ONNX Runtime computes in fp32 on the CPU: no faster than the fp32 model, and less exact");
        return model;
    }

    /// <summary>What a loaded model is and what really runs it, in a line.</summary>
    public static string Describe(MattingModel model)
    {
        string size = model is { Height: { } height, Width: { } width } ? $"{height}x{width}" : "at each picture's size";
        return $"{model.Name}: {model.Card?.Network ?? "foreign model"}, {size}, profile {model.Profile.Name}, {DescribeOutput(model)}; "
            + $"{model.Provider} on {model.Device}, ONNX Runtime {model.RuntimeVersion}, {model.Threads} {(model.Threads == 1 ? "thread" : "threads")}; loaded in {HumanText.Latency(model.LoadTime)}";
    }

    /// <summary>How an output normalisation is written on the command line.</summary>
    public static string Word(OutputNormalisation normalisation) => Normalisations.First(pair => pair.Value == normalisation).Key;

    private static Option<string?> Preset()
    {
        string[] names = [.. ModelPreset.Known.Select(preset => preset.Name)];
        Option<string?> option = CommonOptions.Choice(
            "--preset", $"Family of a foreign model, which stands for its profile, size, output and output normalisation: {string.Join(", ", names)}; 'matting presets' shows them. Options given beside it override single values", null, names);
        option.HelpName = "NAME";
        return option;
    }

    private static string DescribeOutput(MattingModel model) => model.Card is { } card
        ? card.Precision.Name()
        : $"output {model.Output}{(model.OutputNormalisation == OutputNormalisation.None ? "" : $" through {Word(model.OutputNormalisation)}")}";
}
