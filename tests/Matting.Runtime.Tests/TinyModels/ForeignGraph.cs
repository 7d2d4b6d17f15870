namespace Matting.Runtime.Tests.TinyModels;

/// <summary>
/// Small files built like the exports of popular background removers: <see cref="MattingSmall"/>'s network behind the
/// input and among the outputs that such a file has. Outputs that are not the alpha hold something else.
/// </summary>
internal sealed record ForeignGraph
{
    public string Input { get; init; } = "input.1";

    public string[] Outputs { get; init; } = ["output"];

    /// <summary>Which output is the alpha.</summary>
    public int Alpha { get; init; }

    /// <summary>True when the graph ends before the sigmoid.</summary>
    public bool Logits { get; init; }

    /// <summary>Dimensions of the input.</summary>
    public object?[] Shape { get; init; } = [1, 3, 16, 16];

    /// <summary>False for an output [N, H, W].</summary>
    public bool OutputHasChannels { get; init; } = true;

    public static ForeignGraph U2Net(int side) => new()
    {
        Outputs = ["1959", "1960", "1961", "1962", "1963", "1964", "1965"],
        Shape = [1, 3, side, side],
    };

    public byte[] ToBytes()
    {
        float[] taps = [0.75f, 1.5f, -0.25f, -0.5f, 0.25f, 0.5f, 0.125f, -1f, 0.375f];
        object?[] output = OutputHasChannels ? [Shape[0], 1, Shape[2], Shape[3]] : [Shape[0], Shape[2], Shape[3]];
        TinyModel model = new TinyModel().Input(Input, TinyModel.Float, Shape)
            .Weights("taps", taps, 1, 3, 1, 3)
            .Node("Conv", [Input, "taps"], ["logits"], ("kernel_shape", new long[] { 1, 3 }), ("pads", new long[] { 0, 1, 0, 1 }))
            .Node("Sigmoid", ["logits"], ["probability"])
            .Node("Neg", ["logits"], ["other"]);
        for (int i = 0; i < Outputs.Length; i++)
        {
            model.Output(Outputs[i], TinyModel.Float, output);
            string source = i != Alpha ? "other" : Logits ? "logits" : "probability";
            if (OutputHasChannels)
                model.Node("Identity", [source], [Outputs[i]]);
            else
                model.Integers("axis", [1], 1).Node("Squeeze", [source, "axis"], [Outputs[i]]);
        }
        return model.ToBytes();
    }
}
