using Google.Protobuf;
using Matting.Shared.Networks;
using Matting.Shared.Weights;

namespace Matting.Shared.Onnx;

/// <summary>What is exported and how.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Height of the images; null, as <see cref="Width"/>, for any. A fixed size runs faster.</summary>
    public int? Height { get; init; }

    /// <summary>Width of the images; null, as <see cref="Height"/>, for any.</summary>
    public int? Width { get; init; }

    /// <summary>
    /// What it computes with; weights are rounded to the nearest number of it, after normalisations were folded into them.
    /// See <see cref="Parity.ParityBound"/> for how much that may change.
    /// </summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>
    /// What the model says of itself; network, task, size and precision are filled in. Null: no metadata, as if the
    /// model came from elsewhere.
    /// </summary>
    public ModelCard? Card { get; init; }

    /// <summary>
    /// Names of the network's outputs to export, under those names. Null (the default): the prediction
    /// alone, as <c>alpha</c> for a matting network and under its own name for others.
    /// </summary>
    public IReadOnlyList<string>? Outputs { get; init; }
}

/// <summary>Makes ONNX models of networks: opset 17, IR version 8, batch normalisations folded, nothing that the outputs do not need.</summary>
/// <remarks>
/// Input <c>image</c>, float32 N x C x H x W, normalised; N is open, H and W are fixed or open. Outputs are float32
/// too: a model in half precision casts at either end, and computes the sigmoid of an output in float32. The
/// same network, weights and options give the same bytes.
/// </remarks>
public static class OnnxExporter
{
    /// <summary>The name of the one input.</summary>
    public const string InputName = "image";

    /// <summary>The name of a matting network's prediction.</summary>
    public const string AlphaName = "alpha";

    private const int IrVersion = 8;
    private const int Opset = 17;

    /// <summary>Builds a model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its state, as from a checkpoint.</param>
    /// <param name="options">What is exported and how.</param>
    /// <exception cref="ArgumentException">Only one of height and width is given, a size is below 1, or there is no such output.</exception>
    /// <exception cref="StateMismatchException">The weights are not those of the network.</exception>
    /// <exception cref="NetworkException">The network does not take images of this size.</exception>
    /// <exception cref="OnnxExportException">The weights cannot be exported, for instance because one is not a number.</exception>
    public static ModelProto Build(INetwork network, StateDict weights, OnnxExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Height is null != options.Width is null)
            throw new ArgumentException("height and width are both fixed or both open", nameof(options));
        if (options is { Height: int fixedHeight, Width: int fixedWidth })
            NetworkCost.Of(network, fixedHeight, fixedWidth); // refuses what the network cannot take
        StrictLoading.Check(network, weights, "the export");

        MapShape shape = new(network.InputChannels, Side(options.Height, "H"), Side(options.Width, "W"));
        OnnxValue image = OnnxValue.Input(InputName, shape);
        OnnxOps ops = new(image, weights);
        NamedOutputs<OnnxValue> all = network.Forward(ops, ops.Cast(image, options.Precision));
        List<(string Name, OnnxValue Value)> chosen = Choose(network, all, options.Outputs);
        List<(string Name, OnnxValue Value)> outputs = [];
        foreach ((string name, OnnxValue computed) in chosen)
        {
            OnnxValue value = ops.Output(computed);
            // an output is the result of a node, and of one that no other output names
            bool own = value.Producer is not null && outputs.TrueForAll(output => output.Value.Producer != value.Producer);
            outputs.Add((name, own ? value : ops.Copy(value)));
        }

        ModelProto model = new()
        {
            IrVersion = IrVersion,
            ProducerName = "Matting",
            ProducerVersion = options.Card?.ToolchainVersion ?? "",
            Graph = OnnxGraphWriter.Write(network.Name, image, ops.Nodes, outputs),
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        if (options.Card is ModelCard card)
            OnnxFile.SetCard(model, card with { Network = network.Name, Task = network.Task, Height = options.Height, Width = options.Width, Precision = options.Precision });
        return model;
    }

    /// <summary>The bytes of an ONNX file.</summary>
    public static byte[] Serialise(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.ToByteArray();
    }

    private static Dimension Side(int? size, string symbol) => size is int fixedSize ? Dimension.Of(fixedSize) : Dimension.Of(symbol);

    private static List<(string Name, OnnxValue Value)> Choose(INetwork network, NamedOutputs<OnnxValue> all, IReadOnlyList<string>? names)
    {
        if (names is null)
            return [(network.Task == "matting" ? AlphaName : network.PredictionOutput, all[network.PredictionOutput])];
        if (names.Count == 0)
            throw new ArgumentException("at least one output is exported", nameof(names));
        foreach (string name in names)
        {
            if (!network.OutputNames.Contains(name))
                throw new ArgumentException($"{network.Name} has no output '{name}'; there are: {string.Join(", ", network.OutputNames)}", nameof(names));
        }
        return [.. names.Select(name => (name, all[name]))];
    }
}
