using Matting.CommandLine;
using Matting.Shared.Files;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;

namespace Matting.Runtime.Cli.Conversion;

/// <summary>Turns a weights file into a model and tries it.</summary>
internal sealed record WeightsConversion
{
    // a size that no pooling divides evenly, for models that take any
    private const int TrialHeight = 90;
    private const int TrialWidth = 70;

    public required string Weights { get; init; }

    public required string Network { get; init; }

    public required string Profile { get; init; }

    /// <summary>Height of the pictures; null, as <see cref="Width"/>, for any.</summary>
    public int? Height { get; init; }

    /// <summary>Width of the pictures; null, as <see cref="Height"/>, for any.</summary>
    public int? Width { get; init; }

    public int? Threads { get; init; }

    public string SizeText => Height is null ? "any size" : new NetworkSize(Height.Value, Width!.Value).ToString();

    /// <summary>The bytes of the model, with its card.</summary>
    public byte[] Build()
    {
        INetwork network = NetworkCatalogue.Create(Network);
        StateDict state = WeightsFile.Load(Weights);
        StrictLoading.Check(network, state, Weights);
        ModelCard card = new()
        {
            Network = network.Name,
            Task = network.Task,
            Profile = NormalisationProfile.Get(Profile),
            CheckpointSha256 = FileHash.Sha256(Weights),
        };
        return OnnxExporter.Serialise(OnnxExporter.Build(network, state, new OnnxExportOptions { Height = Height, Width = Width, Card = card }));
    }

    /// <summary>Runs the model once on a gradient.</summary>
    /// <returns>The provider that ran it.</returns>
    /// <exception cref="UserErrorException">The output is not an alpha.</exception>
    public string RunOnce(byte[] content, string name, CancellationToken cancellation)
    {
        using MattingModel model = MattingModel.Load(content, name, new MattingModelOptions { Threads = Threads });
        (int height, int width) = (Height ?? TrialHeight, Width ?? TrialWidth);
        float[] input = new float[3 * height * width];
        for (int i = 0; i < input.Length; i++)
            input[i] = (2f * i / input.Length) - 1;
        float[] alpha = new float[height * width];
        model.Run(input, 1, height, width, alpha, cancellation);
        return Array.TrueForAll(alpha, value => value is >= 0 and <= 1)
            ? model.Provider
            : throw new UserErrorException($"{Weights}: the network gives values outside 0..1 with these weights; no model was written");
    }
}
