using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Postprocessing;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

public sealed class FlipTtaTests
{
    // the bound for the network's outputs; their mean is no further away
    private const double Tolerance = 1e-5;

    public static TheoryData<string> GoldenCases => Testing.Golden.Ids("u2netp", "u2netp_forward");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(33, 2)]
    [InlineData(64, 5)]
    public void The_merge_is_the_mean_with_the_mirrored_row(int width, int height)
    {
        float[] plain = [.. Enumerable.Range(0, width * height).Select(i => i / 100f)];
        float[] mirrored = [.. Enumerable.Range(0, width * height).Select(i => (i * 7 % 13) / 13f)];
        float[] expected = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                expected[(y * width) + x] = (plain[(y * width) + x] + mirrored[(y * width) + width - 1 - x]) * 0.5f;
        }
        FlipTta.Merge(plain, mirrored, width);
        Assert.Equal(expected, plain);
    }

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void The_exported_network_gives_the_golden_mean(string id)
    {
        GoldenCase golden = Testing.Golden.Case(id);
        Npy x = golden.Input("x");
        (int batch, int height, int width) = ((int)x.Shape[0], (int)x.Shape[2], (int)x.Shape[3]);
        ModelProto exported = OnnxExporter.Build(
            NetworkCatalogue.Create("u2netp"), WeightsFile.Load(golden.InputPath("weights")), new() { Height = height, Width = width });
        using MattingModel model = MattingModel.Load(OnnxExporter.Serialise(exported), "u2netp", new() { Profile = "unit" });
        float[] plain = new float[batch * height * width];
        float[] mirrored = new float[plain.Length];
        model.Run(x.Floats, batch, height, width, plain, TestContext.Current.CancellationToken);
        model.Run(Mirrored(x.Floats, width), batch, height, width, mirrored, TestContext.Current.CancellationToken);
        FlipTta.Merge(plain, mirrored, width);
        Near.AssertClose(golden.Output("flip_tta").Floats, plain, Tolerance, what: $"{id} flip_tta");
    }

    private static float[] Mirrored(float[] values, int width)
    {
        float[] result = [.. values];
        for (int row = 0; row < result.Length; row += width)
            result.AsSpan(row, width).Reverse();
        return result;
    }
}
