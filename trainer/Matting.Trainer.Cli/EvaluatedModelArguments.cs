using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Trainer.Evaluation;
using Matting.Trainer.Export;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Cli;

/// <summary>A model that was opened, and what is known about how it wants to be run.</summary>
/// <param name="Model">The model.</param>
/// <param name="Size">The size it is judged at.</param>
/// <param name="Reading">How its pictures are read.</param>
internal sealed record OpenedModel(IEvaluatedModel Model, PictureSize Size, ImageReadOptions Reading);

/// <summary>The options that say which model is judged and what runs it.</summary>
internal sealed class EvaluatedModelArguments
{
    private readonly Argument<string?> _source = new("CHECKPOINT-OR-ONNX")
    {
        Description = "A .pth, .safetensors or .onnx file, or a run's folder (its newest best checkpoint). Default: the newest experiment",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<PictureSize?> _size = CommonOptions.Size(
        $"Size at which the network runs: a side, or height x width. Default: that of the ONNX file or of the run's validation, or {ExportSource.DefaultSize}");

    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<int?> _threads = CommonOptions.Threads();
    private readonly Option<string?> _precision = CommonOptions.Choice(
        "--precision", "What a checkpoint computes in. Default: as its run, or fp32", null, "fp32", "bf16", "fp16");

    private readonly Option<string?> _network = new("--network") { Description = "The network of a checkpoint from elsewhere. Default: u2netp", HelpName = "NAME" };
    private readonly Option<string?> _profile = CommonOptions.Choice(
        "--profile", "Normalisation of a model from elsewhere. Default for checkpoints: imagenet", null, [.. NormalisationProfile.Known.Select(profile => profile.Name)]);

    private readonly Option<string?> _output = new("--output") { Description = "Output to read from an ONNX file that has several. Default: alpha", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        CommonOptions.RefuseUnknownOptions(_source);
        command.Arguments.Add(_source);
        foreach (Option option in (Option[])[_size, _device, _threads, _precision, _network, _profile, _output])
            command.Options.Add(option);
    }

    public OpenedModel Open(ParseResult parsed) =>
        parsed.GetValue(_source) is { } file && Path.GetExtension(file).Equals(".onnx", StringComparison.OrdinalIgnoreCase) ? OpenOnnx(file, parsed) : OpenCheckpoint(parsed);

    private OpenedModel OpenOnnx(string file, ParseResult parsed)
    {
        Refuse(parsed, "an ONNX file knows its own", _network, _precision);
        PictureSize? size = parsed.GetValue(_size);
        MattingModel model = MattingModel.Load(file, new MattingModelOptions
        {
            Device = parsed.GetRequiredValue(_device),
            Threads = parsed.GetValue(_threads),
            Profile = parsed.GetValue(_profile),
            Height = size?.Height,
            Width = size?.Width,
            Output = parsed.GetValue(_output),
        });
        PictureSize taken = model is { Height: { } height, Width: { } width } ? new(height, width) : new(ExportSource.DefaultSize, ExportSource.DefaultSize);
        return new OpenedModel(new OnnxEvaluatedModel(model), taken, ImageReadOptions.Default);
    }

    private OpenedModel OpenCheckpoint(ParseResult parsed)
    {
        Refuse(parsed, "a checkpoint has no outputs to choose from", _output);
        ExportSource source = ExportSource.Find(parsed.GetValue(_source), parsed.GetValue(_network), parsed.GetValue(_profile));
        MachineRecipe machine = source.Settings?.Machine ?? new MachineRecipe();
        TorchEvaluatedModel model = new(source, machine with
        {
            Device = parsed.GetRequiredValue(_device),
            Threads = parsed.GetValue(_threads),
            Precision = parsed.GetValue(_precision) ?? machine.Precision,
        });
        PictureSize size = parsed.GetValue(_size) ?? new PictureSize(source.Size, source.Size);
        return new OpenedModel(model, size, source.Settings?.Data.ToReadOptions() ?? ImageReadOptions.Default);
    }

    private static void Refuse(ParseResult parsed, string why, params ReadOnlySpan<Option<string?>> options)
    {
        foreach (Option<string?> option in options)
        {
            if (parsed.GetValue(option) is not null)
                throw UserErrorException.Usage($"{option.Name}: {why}");
        }
    }
}
