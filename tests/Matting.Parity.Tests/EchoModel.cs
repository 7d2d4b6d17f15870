using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;

namespace Matting.Parity.Tests;

/// <summary>A model whose alpha is one channel of its input, bit for bit: it shows what the runtime feeds a network.</summary>
internal sealed class EchoModel : INetwork
{
    public string Name => "echo";

    public string Task => "matting";

    public int InputChannels => 3;

    public IReadOnlyList<string> OutputNames { get; } = ["d0"];

    public string PredictionOutput => "d0";

    public NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image) => new(("d0", ops.Conv2d(image, "pick", new Conv2dSpec(1, 1) { Bias = false })));

    /// <summary>Loads the model that gives back a channel.</summary>
    public static MattingModel Load(int channel, int size, NormalisationProfile profile)
    {
        EchoModel network = new();
        float[] pick = [0, 0, 0];
        pick[channel] = 1; // 1 * x + 0 * y + 0 * z is x exactly
        StateDict weights = new() { { "pick.weight", WeightTensor.FromFloat32(pick, 1, 3, 1, 1) } };
        ModelCard card = new() { Network = network.Name, Task = network.Task, Profile = profile };
        return MattingModel.Load(
            OnnxExporter.Serialise(OnnxExporter.Build(network, weights, new OnnxExportOptions { Height = size, Width = size, Card = card })), "echo");
    }
}
