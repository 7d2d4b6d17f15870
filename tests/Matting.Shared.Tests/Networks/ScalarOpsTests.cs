using System.Text.Json;
using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Shared.Tests.Networks;

/// <summary>The judge is judged: single operations against the golden ones.</summary>
public sealed class ScalarOpsTests
{
    public static TheoryData<string> Cases
    {
        get
        {
            string[] operations = ["conv2d", "batch_norm", "relu", "sigmoid", "max_pool2d", "interpolate_bilinear", "interpolate_nearest"];
            return [.. operations.SelectMany(op => Golden.Ids("layers", op)).Select(row => row.Data).Where(id => !id.EndsWith("_train", StringComparison.Ordinal)).Distinct()];
        }
    }

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void A_single_operation_is_the_golden_one(string id)
    {
        GoldenCase golden = Golden.Case(id);
        ScalarMap x = Map(golden.Input("x"));
        ScalarMap y = golden.Op switch
        {
            "conv2d" => Ops(golden, "weight", "bias").Conv2d(x, "layer", Conv2d(golden)),
            "batch_norm" => Ops(golden, "weight", "bias", "running_mean", "running_var").BatchNorm2d(x, "layer", BatchNorm2dSpec.Default),
            "relu" => Ops(golden).Relu(x),
            "sigmoid" => Ops(golden).Sigmoid(x),
            "max_pool2d" => Ops(golden).MaxPool2d(x, new(Number(golden, "kernel"), Number(golden, "stride"), Number(golden, "padding"), Flag(golden, "ceil_mode"))),
            "interpolate_bilinear" => Ops(golden).UpsampleTo(x, Size(golden), UpsampleMode.Bilinear),
            "interpolate_nearest" => Ops(golden).UpsampleTo(x, Size(golden), UpsampleMode.Nearest),
            _ => throw new InvalidOperationException(golden.Op),
        };
        Npy expected = golden.Output("y");
        Assert.Equal(expected.Shape, new long[] { y.Count, y.Channels, y.Height, y.Width });
        (double absolute, double relative) = golden.ToleranceOf("y");
        Near.AssertClose(expected.Floats, y.ToFloat32(), absolute, relative, id);
    }

    private static Conv2dSpec Conv2d(GoldenCase golden)
    {
        long[] shape = golden.Input("weight").Shape;
        return new((int)shape[0], (int)shape[2])
        {
            Stride = Number(golden, "stride"),
            Padding = Number(golden, "padding"),
            Dilation = Number(golden, "dilation"),
        };
    }

    private static ScalarOps Ops(GoldenCase golden, params string[] parts)
    {
        StateDict weights = new();
        foreach (string part in parts)
        {
            Npy values = golden.Input(part.StartsWith("running", StringComparison.Ordinal) ? $"{part}_in" : part);
            weights.Add($"layer.{part}", WeightTensor.FromFloat32(values.Floats, values.Shape));
        }
        return new(weights);
    }

    private static ScalarMap Map(Npy array) => ScalarMap.FromFloat32(
        array.Floats, (int)array.Shape[0], (int)array.Shape[1], (int)array.Shape[2], (int)array.Shape[3]);

    private static ScalarMap Size(GoldenCase golden) => new(1, 1, Number(golden, "height"), Number(golden, "width"));

    private static int Number(GoldenCase golden, string name) => golden.Params.GetProperty(name).GetInt32();

    private static bool Flag(GoldenCase golden, string name) => golden.Params.GetProperty(name).ValueKind == JsonValueKind.True;
}
