using Matting.Shared.Networks;

namespace Matting.Shared.Tests.Networks;

public sealed class NetworkCostTests
{
    private static readonly INetwork U2NetP = NetworkCatalogue.Create("u2netp");

    [Fact]
    public void U2netp_has_the_published_number_of_parameters() =>
        Assert.Equal(1_131_181, NetworkCost.Of(U2NetP, 320, 320).Parameters);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(33, 47)]
    [InlineData(320, 320)]
    [InlineData(1024, 768)]
    public void Multiply_accumulates_follow_from_a_table_of_levels(int height, int width)
    {
        // independent of the definition: every convolution as (halvings, input channels, output channels, taps)
        List<(int Halvings, int In, int Out, int Taps)> convolutions = [];
        (int Stage, bool Decoder)[] stages = [.. Enumerable.Range(1, 6).Select(k => (k, false)), .. Enumerable.Range(1, 5).Select(k => (k, true))];
        foreach ((int stage, bool decoder) in stages)
        {
            int depth = stage <= 4 ? 8 - stage : 4;
            int level = stage - 1;
            convolutions.Add((level, decoder ? 128 : stage == 1 ? 3 : 64, 64, 9));
            for (int k = 1; k <= depth; k++)
            {
                int halvings = stage <= 4 ? level + Math.Min(k, depth - 1) - 1 : level;
                convolutions.Add((halvings, k == 1 ? 64 : 16, 16, 9));
                if (k < depth)
                    convolutions.Add((halvings, 32, k == 1 ? 64 : 16, 9));
            }
        }
        for (int side = 0; side < 6; side++)
            convolutions.Add((side, 64, 1, 9));
        convolutions.Add((0, 6, 1, 1));

        long expected = convolutions.Sum(c => (long)Halved(height, c.Halvings) * Halved(width, c.Halvings) * c.In * c.Out * c.Taps);

        NetworkCostReport cost = NetworkCost.Of(U2NetP, height, width);
        Assert.Equal(convolutions.Count, cost.Layers.Count);
        Assert.Equal(expected, cost.Macs);
        Assert.Equal(expected, cost.Layers.Sum(layer => layer.Macs));
    }

    [Fact]
    public void Activation_bytes_add_up_the_results_of_all_operations()
    {
        // conv 2x3x5, relu 2x3x5, pool 2x2x3, upsampled 2x3x5, concatenated 4x3x5; the dropout is the identity
        Assert.Equal(4 * (30 + 30 + 12 + 30 + 60), NetworkCost.Of(new Sample(), 3, 5).ActivationBytes);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8, -1)]
    public void A_size_that_is_not_positive_is_refused(int height, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkCost.Of(U2NetP, height, width));

    [Fact]
    public void A_report_names_layers_shapes_and_costs()
    {
        LayerCost first = NetworkCost.Of(U2NetP, 32, 48).Layers[0];
        Assert.Equal(new LayerCost("stage1.rebnconvin.conv_s1", new FeatureShape(64, 32, 48), 64 * 28, 64L * 27 * 32 * 48), first);
    }

    private static int Halved(int size, int times) => times == 0 ? size : Halved((size + 1) / 2, times - 1);

    private sealed class Sample : INetwork
    {
        public string Name => "sample";

        public string Task => "test";

        public int InputChannels => 1;

        public IReadOnlyList<string> OutputNames => ["y"];

        public string PredictionOutput => "y";

        public NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image)
        {
            T x = ops.Relu(ops.Conv2d(image, "conv", Conv2dSpec.Same(2, 3)));
            T small = ops.Dropout2d(ops.MaxPool2d(x, new(2, 2, ceilMode: true)), "drop", 0.5);
            return new(("y", ops.Concat(ops.UpsampleTo(small, x, UpsampleMode.Nearest), x)));
        }
    }
}
