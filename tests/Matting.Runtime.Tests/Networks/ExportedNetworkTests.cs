using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Networks;

/// <summary>
/// Every network of the catalogue, and one that uses every operation, in ONNX Runtime against the
/// interpreter that computes each operation from its definition.
/// </summary>
public sealed class ExportedNetworkTests
{
    // float32 against double: 1e-6 by experience, as between the golden float32 and float64 runs
    private const double Tolerance = 1e-5;

    private static readonly (int Height, int Width)[] Sizes = [(1, 1), (2, 3), (7, 5), (32, 32), (33, 47), (48, 40)];

    public static TheoryData<string, int, int> FixedSizes
    {
        get
        {
            TheoryData<string, int, int> cases = [];
            foreach (string name in NetworkCatalogue.Names.Append("sample"))
            {
                foreach ((int height, int width) in Sizes)
                    cases.Add(name, height, width);
            }
            return cases;
        }
    }

    public static TheoryData<string> Networks => [.. NetworkCatalogue.Names.Append("sample")];

    [Theory]
    [MemberData(nameof(FixedSizes))]
    public void A_model_of_fixed_size_returns_what_the_definitions_say_for_any_number_of_images(string name, int height, int width)
    {
        INetwork network = Create(name);
        StateDict weights = SampleNetwork.TrainedLike(network, seed: 5);
        using InferenceSession session = Export(network, weights, height, width);
        Compare(session, network, weights, Image(1, height, width));
        Compare(session, network, weights, Image(3, height, width));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_model_of_open_size_returns_what_the_definitions_say_for_every_size(string name)
    {
        INetwork network = Create(name);
        StateDict weights = SampleNetwork.TrainedLike(network, seed: 6);
        using InferenceSession session = Export(network, weights, null, null);
        foreach ((int height, int width) in Sizes)
            Compare(session, network, weights, Image(height % 2 + 1, height, width));
    }

    [Fact]
    public void The_prediction_alone_is_exported_under_its_public_name()
    {
        INetwork network = Create("u2netp");
        StateDict weights = SampleNetwork.TrainedLike(network, seed: 7);
        ScalarMap image = Image(2, 21, 30);
        using InferenceSession session = new(OnnxExporter.Serialise(OnnxExporter.Build(network, weights, new() { Height = 21, Width = 30 })));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image.ToFloat32(), [2, 3, 21, 30]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["image"], [input], ["alpha"]);
        ScalarMap expected = network.Forward(new ScalarOps(weights), image)["d0"];
        Near.AssertClose(expected.ToFloat32(), outputs[0].GetTensorDataAsSpan<float>(), Tolerance);
    }

    private static INetwork Create(string name) => name == "sample" ? new SampleNetwork() : NetworkCatalogue.Create(name);

    private static ScalarMap Image(int count, int height, int width) =>
        ScalarMap.Of(count, 3, height, width, (n, c, y, x) => (float)Math.Sin(1 + n + 2 * c + 0.7 * y + 1.3 * x + 0.05 * x * y));

    private static InferenceSession Export(INetwork network, StateDict weights, int? height, int? width) => new(OnnxExporter.Serialise(
        OnnxExporter.Build(network, weights, new() { Height = height, Width = width, Outputs = network.OutputNames })));

    private static void Compare(InferenceSession session, INetwork network, StateDict weights, ScalarMap image)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image.ToFloat32(), [image.Count, image.Channels, image.Height, image.Width]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["image"], [input], network.OutputNames);
        NamedOutputs<ScalarMap> expected = network.Forward(new ScalarOps(weights), image);
        for (int k = 0; k < outputs.Count; k++)
        {
            (string name, ScalarMap value) = expected[k];
            Assert.Equal([value.Count, value.Channels, value.Height, value.Width], outputs[k].GetTensorTypeAndShape().Shape);
            Near.AssertClose(value.ToFloat32(), outputs[k].GetTensorDataAsSpan<float>(), Tolerance, what: $"{network.Name} {name} at {image.Height}x{image.Width}");
        }
    }
}
