using System.Globalization;
using Matting.CommandLine;
using Matting.Runtime.Diagnostics;
using Matting.Shared.Files;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Onnx.Parity;
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

    /// <summary>What the model computes with.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>Where the model is tried.</summary>
    public string Device { get; init; } = DeviceSupport.Cpu;

    public int? Threads { get; init; }

    public string SizeText => Height is null ? "any size" : new NetworkSize(Height.Value, Width!.Value).ToString();

    /// <summary>The model, with its card.</summary>
    public ModelProto Build() => Build(Precision);

    private ModelProto Build(ModelPrecision precision)
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
        return OnnxExporter.Build(network, state, new OnnxExportOptions { Height = Height, Width = Width, Precision = precision, Card = card });
    }

    /// <summary>
    /// Measures how far a model in half precision is, on the device that it is tried on, from the float32 one of the same weights on the
    /// CPU, on the same inputs.
    /// </summary>
    /// <exception cref="UserErrorException">The difference is above the bound.</exception>
    public ModelVerification CompareWithFloat32(byte[] content, string name, CancellationToken cancellation)
    {
        MattingModelOptions options = new() { Threads = Threads };
        using MattingModel rounded = MattingModel.Load(content, name, options with { Device = Device });
        using MattingModel exact = MattingModel.Load(OnnxExporter.Serialise(Build(ModelPrecision.Float32)), $"{name} in {ModelPrecision.Float32.Name()}", options);
        ParityMeasure measure = new();
        // of the inputs those that hold all pictures
        foreach (ParityInput input in ParityInput.For(Height, Width, rounded.Profile).Where(input => input.Batch > 1))
        {
            float[] expected = new float[input.Batch * input.Height * input.Width];
            float[] actual = new float[expected.Length];
            exact.Run(input.ImagesNchw, input.Batch, input.Height, input.Width, expected, cancellation);
            rounded.Run(input.ImagesNchw, input.Batch, input.Height, input.Width, actual, cancellation);
            if (!measure.Add(expected, actual))
                throw new UserErrorException($"{Weights}: an output of the model in {Precision.Name()} is not a number; no model was written");
        }
        ModelVerification difference = measure.Result;
        return ParityBound.Of(Precision).Allows(difference)
            ? difference
            : throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
                $"{Weights}: the model in {Precision.Name()} differs from the one in fp32 by up to {difference.Maximum:0.00e+00} (mean {difference.Mean:0.00e+00}), allowed is {ParityBound.Of(Precision)}; no model was written"));
    }

    /// <summary>Runs the model once on a gradient.</summary>
    /// <returns>The provider that ran it.</returns>
    /// <exception cref="UserErrorException">The output is not an alpha.</exception>
    public string RunOnce(byte[] content, string name, CancellationToken cancellation)
    {
        using MattingModel model = MattingModel.Load(content, name, new MattingModelOptions { Device = Device, Threads = Threads });
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
