using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Conversion;
using Matting.Runtime.Diagnostics;
using Matting.Shared.Files;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting convert</c>: weights to an ONNX model, without Torch.</summary>
internal static class ConvertCommand
{
    // what published weights were trained with, and the same defaults as those of `matting-train export`
    private const string DefaultProfile = "imagenet";
    private const int DefaultSide = 1024;

    public static Command Create()
    {
        Argument<string> weights = new("WEIGHTS") { Description = "A .pth or .safetensors file" };
        Option<string?> network = CommonOptions.Choice(
            "--network", "The network that the weights belong to", NetworkCatalogue.Names[0], NetworkCatalogue.Names);
        Option<PictureSize?> size = CommonOptions.Size($"Size of the pictures that the model takes; default {DefaultSide}");
        Option<bool> dynamic = new("--dynamic") { Description = "Let the model take pictures of any size; a fixed size runs faster" };
        Option<string?> profile = CommonOptions.Choice(
            "--profile", "Normalisation that the weights were trained with", DefaultProfile, [.. NormalisationProfile.Known.Select(known => known.Name)]);
        Option<string?> precision = CommonOptions.Precision();
        Option<string> file = new("--out") { Description = "The ONNX file to write", HelpName = "FILE", Required = true };
        Option<string> device = DeviceOption.Create("Where the model is tried, and one in fp16 compared with fp32 on the CPU");
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command command = new("convert", "Turns weights into an ONNX model and runs it once; needs no Torch") 
        {
            weights, network, size, dynamic, profile, precision, file, device, threads, overwrite,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(dynamic) && result.GetValue(size) is not null)
                result.AddError("--size and --dynamic contradict each other");
        });
        command.SetAction((parsed, cancellation) =>
        {
            PictureSize? fixedSize = parsed.GetValue(dynamic) ? null : parsed.GetValue(size) ?? new PictureSize(DefaultSide, DefaultSide);
            WeightsConversion conversion = new()
            {
                Weights = parsed.GetRequiredValue(weights),
                Network = parsed.GetRequiredValue(network)!,
                Profile = parsed.GetRequiredValue(profile)!,
                Height = fixedSize?.Height,
                Width = fixedSize?.Width,
                Precision = ModelPrecisions.Get(parsed.GetRequiredValue(precision)!),
                Device = parsed.GetRequiredValue(device),
                Threads = parsed.GetValue(threads),
            };
            return Task.FromResult(Run(parsed, conversion, parsed.GetRequiredValue(file), parsed.GetValue(overwrite), cancellation));
        });
        return command.WithExamples(
            new CommandExample("matting convert u2netp.pth --network u2netp --size 1024 --out model.onnx", "A model for pictures of 1024 x 1024"),
            new CommandExample("matting convert best.pth --profile half --dynamic --out model.onnx", "A model for pictures of any size, trained with the profile half"),
            new CommandExample("matting convert u2netp.pth --precision fp16 --out model.onnx", "Half the file and half the memory, for a GPU; says how far it is from fp32"),
            new CommandExample("matting convert u2netp.pth --precision fp16 --device cuda --out model.onnx", "The same, with the GPU's own roundings in the comparison"));
    }

    private static int Run(ParseResult parsed, WeightsConversion conversion, string file, bool overwrite, CancellationToken cancellation)
    {
        if (Directory.Exists(file))
            throw new UserErrorException($"{file}: is a folder, not a file");
        if (!overwrite && File.Exists(file))
            throw new UserErrorException($"{file} exists already (--overwrite replaces it)");
        TextWriter error = parsed.InvocationConfiguration.Error;
        ModelProto model = conversion.Build();
        byte[] content = OnnxExporter.Serialise(model);
        long started = Stopwatch.GetTimestamp();
        string provider = conversion.RunOnce(content, file, cancellation);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        error.WriteLine($"ran once: {provider}, {HumanText.Duration(elapsed)}; not compared with Torch (verified: none)");
        if (conversion.Precision != ModelPrecision.Float32)
        {
            ModelVerification difference = conversion.CompareWithFloat32(content, file, cancellation);
            OnnxFile.SetCard(model, OnnxFile.Card(model)! with { Rounding = difference });
            content = OnnxExporter.Serialise(model);
            error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"differs from the same weights in fp32 by at most {difference.Maximum:0.00e+00}, on average {difference.Mean:0.00e+00}, as {provider} computes it{(conversion.Device == DeviceSupport.Cpu ? ", in fp32 with rounded weights" : "")}"));
        }
        AtomicFile.WriteBytes(file, content, overwrite);
        parsed.InvocationConfiguration.Output.WriteLine(
            $"{file}: {conversion.Network}, {conversion.SizeText}, profile {conversion.Profile}, {conversion.Precision.Name()}, {HumanText.Bytes(content.Length)}");
        return ExitCodes.Done;
    }
}
