using Google.Protobuf;
using Matting.CommandLine;
using Matting.Runtime.Tests.Cli;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Onnx;
using Matting.Testing;

namespace Matting.Runtime.Tests.Loading;

/// <summary>Models whose tensors lie in other files: refused wherever the file is said to be, and wherever the tensor stands.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Locations =>
        ["weights.bin", "./weights.bin", "../weights.bin", "sub/../../weights.bin", "/etc/hostname", "link.bin", "link/weights.bin", "C:\\weights.bin", "..\\weights.bin", "file:///etc/hostname", ""];

    public static TheoryData<string> Places => ["initialiser", "attribute", "list", "subgraph", "sparse", "training"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Locations))]
    public void The_file_is_not_read_wherever_it_is_said_to_be(string location)
    {
        // everything is there that could be read by mistake: beside the model, above it, and behind links
        byte[] weights = new byte[64];
        File.WriteAllBytes(_folder.File("weights.bin"), weights);
        string models = Directory.CreateDirectory(_folder.File("models", "sub")).Parent!.FullName;
        File.WriteAllBytes(Path.Combine(models, "weights.bin"), weights);
        File.CreateSymbolicLink(Path.Combine(models, "link.bin"), _folder.File("weights.bin"));
        Directory.CreateSymbolicLink(Path.Combine(models, "link"), _folder.Path);
        string file = Path.Combine(models, "model.onnx");
        File.WriteAllBytes(file, Model("initialiser", location));

        OnnxFormatException refused = Assert.Throws<OnnxFormatException>(() => MattingModel.Load(file, new() { Profile = "half" }));
        Assert.Equal(OnnxFormatError.ExternalData, refused.Reason);
        CliRun.Of("inspect", file).FailsWith(ExitCodes.Failed, "lies in another file");
        CliRun.Of("predict", "--model", file, "--profile", "half", "--out", _folder.File("out"), Pictures.File(_folder, "a.png", 8, 8)).FailsWith(ExitCodes.Failed, "lies in another file");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_tensor_is_found_wherever_it_stands(string place)
    {
        OnnxFormatException refused = Assert.Throws<OnnxFormatException>(() => MattingModel.Load(Model(place, "weights.bin"), "m.onnx", new() { Profile = "half" }));
        Assert.Equal("m.onnx: tensor 'outside' lies in another file; only models in one file are read", refused.Message);
    }

    private static byte[] Model(string place, string location)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(MattingSmall.Foreign(1, 8, 8));
        TensorProto outside = new()
        {
            Name = "outside", DataType = (int)TensorProto.Types.DataType.Float, Dims = { 16 }, DataLocation = TensorProto.Types.DataLocation.External,
            ExternalData = { new StringStringEntryProto { Key = "location", Value = location } },
        };
        NodeProto first = model.Graph.Node[0];
        switch (place)
        {
            case "initialiser":
                model.Graph.Initializer.Add(outside);
                break;
            case "attribute":
                first.Attribute.Add(new AttributeProto { Name = "value", T = outside });
                break;
            case "list":
                first.Attribute.Add(new AttributeProto { Name = "values", Tensors = { outside } });
                break;
            case "subgraph":
                first.Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto { Initializer = { outside } } });
                break;
            case "sparse":
                model.Graph.SparseInitializer.Add(new SparseTensorProto { Values = outside });
                break;
            default:
                model.TrainingInfo.Add(new TrainingInfoProto { Algorithm = new GraphProto { Initializer = { outside } } });
                break;
        }
        return model.ToByteArray();
    }
}
