using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Numerics;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Parity.Tests;

/// <summary>Torch and ONNX Runtime compute the same from the same weights.</summary>
public sealed class EngineTests
{
    // sums in another order, and batch-norm folded into the convolutions on one side
    private const double Tolerance = 1e-5;

    /// <summary>Evenly divided by every pooling, not square, and odd at every level.</summary>
    public static TheoryData<int, int> Sizes => new() { { 64, 64 }, { 160, 96 }, { 75, 107 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_model_of_fixed_size(int height, int width) => Compare(TrainedLike(), height, width, isDynamic: false);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_model_of_open_size(int height, int width) => Compare(TrainedLike(), height, width, isDynamic: true);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_model_of_a_new_network(int height, int width) =>
        Compare(NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 9), height, width, isDynamic: false);

    [Theory]
    [InlineData(320, 320, false)]
    [InlineData(256, 384, true)]
    [InlineData(201, 133, true)]
    public void A_model_of_the_golden_weights(int height, int width, bool isDynamic)
    {
        string file = Path.Combine(Golden.RequireFolder(), "u2netp", "weights.pth");
        Compare(StrictLoading.Conform(NetworkCatalogue.Create("u2netp"), WeightsFile.Load(file), file), height, width, isDynamic);
    }

    private static StateDict TrainedLike() => SampleNetwork.TrainedLike(NetworkCatalogue.Create("u2netp"), seed: 4);

    private static void Compare(StateDict weights, int height, int width, bool isDynamic)
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        float[] images = Images(2, height, width);

        float[] expected = RunTorch(network, weights, images, 2, height, width);
        float[] actual = new float[expected.Length];
        using MattingModel model = MattingModel.Load(Export(network, weights, isDynamic ? null : height, isDynamic ? null : width), "the export");
        model.Run(images, 2, height, width, actual);

        // an alpha that is the same everywhere would agree with anything
        Assert.True(expected.Max() - expected.Min() > 1e-3);
        Near.AssertClose(expected, actual, Tolerance, what: $"alpha at {height}x{width}");
    }

    private static float[] RunTorch(INetwork network, StateDict weights, float[] images, int batch, int height, int width)
    {
        using ParameterStore parameters = new(network, weights);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor input = TensorMemory.FromFloats(images, [batch, 3, height, width]);
        return TensorMemory.ToFloats(new TorchNetwork(network, parameters).Forward(input, ForwardMode.Evaluation)[network.PredictionOutput]);
    }

    private static byte[] Export(INetwork network, StateDict weights, int? height, int? width) => OnnxExporter.Serialise(
        OnnxExporter.Build(network, weights, new OnnxExportOptions
        {
            Height = height,
            Width = width,
            Card = new ModelCard { Network = network.Name, Task = network.Task, Profile = NormalisationProfile.Imagenet },
        }));

    private static float[] Images(int batch, int height, int width)
    {
        SeededRandom random = new(height, width);
        float[] values = new float[batch * 3 * height * width];
        foreach (ref float value in values.AsSpan())
            value = (float)random.Normal();
        return values;
    }
}
