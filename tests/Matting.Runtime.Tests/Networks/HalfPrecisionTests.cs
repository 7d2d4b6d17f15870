using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Onnx.Parity;
using Matting.Shared.Weights;
using Matting.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Networks;

/// <summary>Models in half precision: as ONNX Runtime runs them here, and with every rounding that a GPU adds.</summary>
public sealed class HalfPrecisionTests
{
    private static readonly INetwork U2NetP = NetworkCatalogue.Create("u2netp");

    public static TheoryData<string> GoldenRuns => Golden.Ids("u2netp", "u2netp_forward");

    [Theory]
    [InlineData(32, 32, true)]
    [InlineData(33, 47, true)]
    [InlineData(33, 47, false)]
    [InlineData(1, 1, false)]
    public void Trained_weights_stay_within_the_bound_here_and_on_a_GPU(int height, int width, bool fixedSize)
    {
        ScalarMap image = ScalarMap.Of(2, 3, height, width, (n, c, y, x) => (float)Math.Sin(1 + n + 2 * c + 0.7 * y + 1.3 * x + 0.05 * x * y));
        StateDict weights = SampleNetwork.TrainedLike(U2NetP, seed: 8);
        float[] exact = U2NetP.Forward(new ScalarOps(weights), image)[U2NetP.PredictionOutput].ToFloat32();
        AssertWithinBound(weights, image, exact, fixedSize);
    }

    [Theory]
    [MemberData(nameof(GoldenRuns))]
    public void The_golden_weights_stay_within_the_bound_here_and_on_a_GPU(string id)
    {
        GoldenCase golden = Golden.Case(id);
        Npy x = golden.Input("x");
        ScalarMap image = ScalarMap.FromFloat32(x.Floats, (int)x.Shape[0], (int)x.Shape[1], (int)x.Shape[2], (int)x.Shape[3]);
        AssertWithinBound(WeightsFile.Load(golden.InputPath("weights")), image, golden.Output("d0").Floats, fixedSize: true);
    }

    [Fact]
    public void The_golden_weights_stay_within_the_bound_on_photographs()
    {
        const int Side = 192;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string[] photos = SharedFolder.RequirePhotos();
        StateDict weights = WeightsFile.Load(Path.Combine(Golden.RequireFolder(), "u2netp", "weights.pth"));
        using MattingModel exact = MattingModel.Load(Export(weights, Side, ModelPrecision.Float32), "fp32");
        using MattingModel rounded = MattingModel.Load(Export(weights, Side, ModelPrecision.Float16), "fp16");
        float[] image = new float[3 * Side * Side], expected = new float[Side * Side], actual = new float[Side * Side];
        ParityMeasure measure = new();
        foreach (string photo in photos)
        {
            exact.Prepare(ImageFile.ReadRgb(photo), image);
            exact.Run(image, 1, Side, Side, expected, cancellation);
            rounded.Run(image, 1, Side, Side, actual, cancellation);
            Assert.True(measure.Add(expected, actual));
        }
        Assert.True(ParityBound.Float16.Allows(measure.Result), measure.Result.ToString());
        Assert.NotEqual(0, measure.Result.Maximum);
    }

    /// <summary>Networks whose outputs are no alphas: within a hundredth of their range, of which half precision has 2048 steps.</summary>
    [Theory]
    [InlineData(32, 32)]
    [InlineData(33, 47)]
    public void What_every_operation_computes_comes_through(int height, int width)
    {
        foreach (INetwork network in NetworkCatalogue.Names.Select(NetworkCatalogue.Create).Append(new SampleNetwork()))
        {
            StateDict weights = SampleNetwork.TrainedLike(network, seed: 5);
            ScalarMap image = ScalarMap.Of(1, 3, height, width, (_, c, y, x) => (float)Math.Sin(1 + 2 * c + 0.7 * y + 1.3 * x + 0.05 * x * y));
            foreach (bool fixedSize in (bool[])[true, false])
            {
                OnnxExportOptions options = new()
                {
                    Height = fixedSize ? height : null, Width = fixedSize ? width : null, Precision = ModelPrecision.Float16, Outputs = network.OutputNames,
                };
                using InferenceSession session = new(OnnxExporter.Serialise(OnnxExporter.Build(network, weights, options)));
                using OrtValue input = OrtValue.CreateTensorValueFromMemory(image.ToFloat32(), [1, 3, height, width]);
                using RunOptions run = new();
                using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["image"], [input], network.OutputNames);
                NamedOutputs<ScalarMap> expected = network.Forward(new ScalarOps(weights), image);
                for (int k = 0; k < outputs.Count; k++)
                {
                    float[] values = expected[k].Value.ToFloat32();
                    Near.AssertClose(values, outputs[k].GetTensorDataAsSpan<float>(), 0.01 * values.Max(Math.Abs), what: $"{network.Name} {expected[k].Key}");
                }
            }
        }
    }

    private static void AssertWithinBound(StateDict weights, ScalarMap image, float[] exact, bool fixedSize)
    {
        OnnxExportOptions options = new() { Height = fixedSize ? image.Height : null, Width = fixedSize ? image.Width : null, Precision = ModelPrecision.Float16 };
        ModelProto model = OnnxExporter.Build(U2NetP, weights, options);
        using InferenceSession session = new(OnnxExporter.Serialise(model));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image.ToFloat32(), [image.Count, 3, image.Height, image.Width]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["image"], [input], ["alpha"]);
        ModelVerification here = Difference(exact, outputs[0].GetTensorDataAsSpan<float>().ToArray());
        ModelVerification gpu = Difference(exact, U2NetP.Forward(HalfOps.OfU2NetP(model, weights), image)[U2NetP.PredictionOutput].ToFloat32());
        Assert.True(ParityBound.Float16.Allows(here), $"here: {here}");
        Assert.True(ParityBound.Float16.Allows(gpu), $"on a GPU: {gpu}");
        // otherwise nothing was rounded
        Assert.True(here.Maximum > 1e-6 && gpu.Maximum > 1e-6);
    }

    private static ModelVerification Difference(float[] expected, float[] actual)
    {
        ParityMeasure measure = new();
        Assert.True(measure.Add(expected, actual));
        return measure.Result;
    }

    private static byte[] Export(StateDict weights, int side, ModelPrecision precision) => OnnxExporter.Serialise(OnnxExporter.Build(U2NetP, weights, new()
    {
        Height = side,
        Width = side,
        Precision = precision,
        Card = new ModelCard { Network = U2NetP.Name, Task = U2NetP.Task, Profile = NormalisationProfile.Imagenet },
    }));
}
