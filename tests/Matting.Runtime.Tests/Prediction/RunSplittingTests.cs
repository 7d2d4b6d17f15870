using Matting.Runtime.Tests.TinyModels;

namespace Matting.Runtime.Tests.Prediction;

public sealed class RunSplittingTests
{
    private const int Pixels = 1024 * 1024;

    [Theory]
    [InlineData(1024, 1024, "1 2 3 4 5")]
    [InlineData(2048, 1024, "1 2 3 4 5")]
    [InlineData(512, 1024, "2 2 4 4 5")]
    [InlineData(64, 64, "5 5 5 5 5")]
    public void On_the_CPU_large_inputs_follow_each_other_and_small_ones_run_together(int height, int width, string expected)
    {
        using MattingModel model = MattingModel.Load(LargestOfRun(), "largest", Open(height, width));
        int plane = height * width;
        float[] input = new float[5 * 3 * plane], alpha = new float[5 * plane];
        for (int i = 0; i < 5; i++)
            input.AsSpan(i * 3 * plane, 3 * plane).Fill(i + 1);
        model.Run(input, 5, height, width, alpha, TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, 5).Select(i => alpha[i * plane])));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(alpha[i * plane], alpha[((i + 1) * plane) - 1]));
    }

    [Fact]
    public void A_batch_that_shrinks_and_grows_again_keeps_its_values_apart()
    {
        const int side = 1024;
        using MattingModel model = MattingModel.Load(LargestOfRun(), "largest", Open(side, side));
        float[] input = new float[3 * 3 * Pixels], alpha = new float[3 * Pixels];
        foreach (int batch in (int[])[3, 1, 2, 3])
        {
            for (int i = 0; i < batch; i++)
                input.AsSpan(i * 3 * Pixels, 3 * Pixels).Fill((10 * batch) + i);
            model.Run(input.AsSpan(0, batch * 3 * Pixels), batch, side, side, alpha.AsSpan(0, batch * Pixels), TestContext.Current.CancellationToken);
            for (int i = 0; i < batch; i++)
                Assert.Equal((10 * batch) + i, alpha[(i * Pixels) + 5]);
        }
    }

    private static MattingModelOptions Open(int height, int width) => new() { Profile = "unit", Height = height, Width = width };

    // each pixel becomes the largest value at its place in all pictures of the run, which tells what ran together
    private static byte[] LargestOfRun() => new TinyModel()
        .Input("image", TinyModel.Float, "n", 3, "h", "w")
        .Weights("nothing", [0f], 1)
        .Node("ReduceMax", ["image"], ["largest"], ("axes", new long[] { 0, 1 }), ("keepdims", 1L))
        .Node("ReduceMean", ["image"], ["mean"], ("axes", new long[] { 1 }), ("keepdims", 1L))
        .Node("Mul", ["mean", "nothing"], ["zeros"])
        .Node("Add", ["zeros", "largest"], ["alpha"])
        .Output("alpha", TinyModel.Float, "n", 1, "h", "w")
        .ToBytes();
}
