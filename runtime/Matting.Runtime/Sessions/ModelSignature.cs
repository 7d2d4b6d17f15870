using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Matting.Runtime.Sessions;

/// <summary>The one input [N, 3, H, W] and the one output, [N, 1, H, W] or [N, H, W], of a matting model, as its graph declares them.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Output">The output's name.</param>
/// <param name="Batch">Pictures a run takes, or null when that is open.</param>
/// <param name="Height">Height in pixels, or null when that is open.</param>
/// <param name="Width">Width in pixels, or null when that is open.</param>
/// <param name="OutputHasChannels">False for an output [N, H, W].</param>
internal sealed record ModelSignature(string Input, string Output, int? Batch, int? Height, int? Width, bool OutputHasChannels)
{
    private const string UsualOutput = "alpha";
    private const int Channels = 3;
    private const int Axes = 4;

    /// <exception cref="MattingModelException">The graph has other inputs or outputs.</exception>
    public static ModelSignature Of(InferenceSession session, string name, string? chosenOutput, OutputRule? rule)
    {
        if (session.InputNames.Count != 1)
            throw Unsuitable(name, $"has {session.InputNames.Count} inputs ({string.Join(", ", session.InputNames)}), a matting model has one picture");
        string input = session.InputNames[0];
        string output = ChooseOutput(session.OutputNames, name, chosenOutput, rule);
        int?[] image = Shape(session.InputMetadata[input], name, $"input '{input}'");
        int?[] alpha = Shape(session.OutputMetadata[output], name, $"output '{output}'");
        if (image.Length != Axes)
            throw Unsuitable(name, $"input '{input}' has {image.Length} dimensions, expected {Axes} (pictures, channels, height, width)");
        if (alpha.Length is not (Axes or Axes - 1))
            throw Unsuitable(name, $"output '{output}' has {alpha.Length} dimensions, expected {Axes} (pictures, channels, height, width), or {Axes - 1} without channels");
        bool channels = alpha.Length == Axes;
        if (!channels)
            alpha = [alpha[0], 1, alpha[1], alpha[2]];
        if (image[1] is not (null or Channels) && image[3] is Channels)
            throw Unsuitable(name, $"input '{input}' is {Text(image)}, with the channels last; export it with channels first, [N, {Channels}, H, W]");
        if (image[1] is not (null or Channels))
            throw Unsuitable(name, $"input '{input}' has {image[1]} channels, a picture has {Channels}");
        if (alpha[1] is not (null or 1))
            throw Unsuitable(name, $"output '{output}' has {alpha[1]} channels, an alpha map has 1");
        for (int axis = 2; axis < 4; axis++)
        {
            if (image[axis] is { } expected && alpha[axis] is { } actual && actual != expected)
                throw Unsuitable(name, $"output '{output}' is {Text(alpha)}, the input {Text(image)}: an alpha map has the size of its picture");
        }
        if (image[0] is not (null or 1))
            throw Unsuitable(name, $"takes exactly {image[0]} pictures a run; export it with an open batch or a batch of 1");
        return new(input, output, image[0], image[2], image[3], channels);
    }

    private static string ChooseOutput(IReadOnlyList<string> outputs, string name, string? chosen, OutputRule? rule)
    {
        if (chosen is not null)
        {
            return outputs.Contains(chosen)
                ? chosen
                : throw Unsuitable(name, $"has no output '{chosen}'; it has {string.Join(", ", outputs)}");
        }
        if (rule is { } end)
            return end == OutputRule.First ? outputs[0] : outputs[^1];
        if (outputs.Contains(UsualOutput))
            return UsualOutput;
        return outputs.Count == 1
            ? outputs[0]
            : throw Unsuitable(name, $"has {outputs.Count} outputs and none is named {UsualOutput}: choose one of {string.Join(", ", outputs)} (--output), or say of which family the model is (--preset)");
    }

    private static int?[] Shape(NodeMetadata node, string name, string what)
    {
        if (!node.IsTensor)
            throw Unsuitable(name, $"{what} is {node.OnnxValueType}, expected a tensor of Float");
        if (node.ElementDataType is TensorElementType.Float16 or TensorElementType.BFloat16)
            throw Unsuitable(name, $"{what} is a tensor of {node.ElementDataType}; convert the model so that inputs and outputs stay float32 (keep_io_types), the weights may stay as they are");
        if (node.ElementDataType != TensorElementType.Float)
            throw Unsuitable(name, $"{what} is a tensor of {node.ElementDataType}, expected a tensor of Float");
        return [.. node.Dimensions.Select(dimension => dimension > 0 ? dimension : (int?)null)];
    }

    private static string Text(int?[] shape) => $"[{string.Join(", ", shape.Select(dimension => dimension?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))}]";

    private static MattingModelException Unsuitable(string name, string detail) => new(name, MattingModelError.Unsuitable, detail);
}
