using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;

namespace Matting.Benchmarks;

/// <summary>U2NETP with the weights that it starts a training with: weights do not change what a run costs.</summary>
internal static class SomeModel
{
    /// <summary>Loads it.</summary>
    /// <param name="side">Height and width of the network's input.</param>
    /// <param name="device">As <see cref="MattingModelOptions.Device"/>.</param>
    public static MattingModel Load(int side, string device = SomeDevices.Cpu)
    {
        INetwork network = NetworkCatalogue.Create(U2NetP.CatalogueName);
        OnnxExportOptions options = new()
        {
            Height = side,
            Width = side,
            Card = new ModelCard
            {
                Network = network.Name,
                Task = network.Task,
                Profile = NormalisationProfile.Imagenet,
                ToolchainVersion = "benchmark",
            },
        };
        byte[] content = OnnxExporter.Serialise(OnnxExporter.Build(network, NetworkInitialiser.Create(network, seed: 1), options));
        return MattingModel.Load(content, "benchmark.onnx", new MattingModelOptions { Device = device });
    }
}
