using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Networks;

public sealed class U2NetPGoldenTests
{
    // the bound; the golden float32 run itself is 1e-6 away from float64
    private const double Tolerance = 1e-5;

    public static TheoryData<string, bool> Cases
    {
        get
        {
            TheoryData<string, bool> cases = [];
            foreach (string id in Golden.Ids("u2netp", "u2netp_forward").Select(row => row.Data))
            {
                cases.Add(id, true);
                cases.Add(id, false);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_seven_outputs_of_the_exported_network_are_the_golden_ones(string id, bool fixedSize)
    {
        GoldenCase golden = Golden.Case(id);
        Npy x = golden.Input("x");
        INetwork network = NetworkCatalogue.Create("u2netp");
        int? height = fixedSize ? (int)x.Shape[2] : null;
        int? width = fixedSize ? (int)x.Shape[3] : null;
        ModelProto model = OnnxExporter.Build(
            network, WeightsFile.Load(golden.InputPath("weights")), new() { Height = height, Width = width, Outputs = network.OutputNames });

        using InferenceSession session = new(OnnxExporter.Serialise(model));
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(x.Floats, x.Shape);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["image"], [image], network.OutputNames);
        for (int k = 0; k < network.OutputNames.Count; k++)
        {
            string name = network.OutputNames[k];
            Near.AssertClose(golden.Output(name).Floats, outputs[k].GetTensorDataAsSpan<float>(), Tolerance, what: $"{id} {name}");
        }
    }
}
