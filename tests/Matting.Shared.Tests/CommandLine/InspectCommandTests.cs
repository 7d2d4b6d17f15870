using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matting.CommandLine;
using Matting.CommandLine.Inspection;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;

namespace Matting.Shared.Tests.CommandLine;

public sealed class InspectCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_JSON_of_a_small_checkpoint_is_exactly_this()
    {
        string file = _folder.File("small.pth");
        PickleDict root = new() { { "model_state", new PickleDict(Small()) }, { "epoch", 12 }, { "mse", 0.25 }, { "note", "hé" }, { "nothing", PickleValue.None } };
        root.Add("optimiser", new PickleList([1, WeightTensor.FromFloat32([1, 2], 2)]));
        PthFile.Write(file, root);
        JsonNode json = Json(file);
        // the two that depend on the place and the container are looked at apart
        Assert.Equal(file, (string?)json["file"]);
        Assert.Equal(64, ((string?)json["sha256"])!.Length);
        Assert.Equal(new FileInfo(file).Length, (long)json["bytes"]!);
        foreach (string apart in (string[])["file", "sha256", "bytes"])
            json.AsObject().Remove(apart);
        const string Expected = """
            {"schema":"matting.inspect/1","format":"pth","weights":{"network":null,"container":"model_state","parameters":null,"elements":7,"bytes":32,
            "tensors":[{"name":"conv.weight","type":"float32","shape":[2,3],"elements":6},{"name":"steps","type":"int64","shape":[],"elements":1}],
            "other":[{"key":"epoch","type":"int","value":12,"entries":null,"tensors":0,"tensorBytes":0},
            {"key":"mse","type":"float","value":0.25,"entries":null,"tensors":0,"tensorBytes":0},
            {"key":"note","type":"str","value":"hé","entries":null,"tensors":0,"tensorBytes":0},
            {"key":"nothing","type":"NoneType","value":null,"entries":null,"tensors":0,"tensorBytes":0},
            {"key":"optimiser","type":"list","value":null,"entries":2,"tensors":1,"tensorBytes":8}],"metadata":{}},"onnx":null}
            """;
        Assert.Equal(JsonNode.Parse(Expected)!.ToJsonString(), json.ToJsonString());
    }

    [Fact]
    public void A_network_is_recognised_by_its_tensors()
    {
        string file = _folder.File("best.pth");
        PthFile.Write(file, new PickleDict { { "model_state", new PickleDict(NetworkInitialiser.Create(new U2NetP(), 1)) } });
        InspectionReport report = FileInspector.Inspect(file);
        Assert.Equal("u2netp", report.Weights!.Network);
        Assert.Equal(1_131_181, report.Weights.Parameters);
        CommandRun run = Run(file);
        Assert.Contains("u2netp, 1,131,181 parameters", run.Output, StringComparison.Ordinal);
        Assert.Contains("stage1.rebnconvin.conv_s1.weight", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("stage1.rebnconvin.conv_s1.weight", Run(file, "--summary").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_safetensors_file_is_known_by_content_and_shows_its_metadata()
    {
        string file = _folder.File("renamed.pth");
        SafetensorsFile.Write(file, Small(), new Dictionary<string, string> { ["source"] = "a test" });
        InspectionReport report = FileInspector.Inspect(file);
        Assert.Equal("safetensors", report.Format);
        Assert.Equal("a test", report.Weights!.Metadata["source"]);
        Assert.Equal(["conv.weight", "steps"], report.Weights.Tensors.Select(tensor => tensor.Name));
        Assert.Contains("a test", Run(file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_shows_ports_operators_and_its_card()
    {
        string file = _folder.File("model.onnx");
        INetwork network = new U2NetP();
        ModelCard card = new() { Network = "u2netp", Task = "matting", Profile = NormalisationProfile.Imagenet };
        OnnxFile.Write(file, OnnxExporter.Build(network, NetworkInitialiser.Create(network, 1), new OnnxExportOptions { Height = 64, Width = 96, Card = card }));
        JsonNode onnx = Json(file)["onnx"]!;
        Assert.Equal(17, (long)onnx["opsets"]!["ai.onnx"]!);
        Assert.Equal("""[{"name":"image","type":"FLOAT","shape":["N","3","64","96"]}]""", onnx["inputs"]!.ToJsonString());
        Assert.Equal("alpha", (string?)onnx["outputs"]![0]!["name"]);
        Assert.True((int)onnx["operators"]!["Conv"]! > 100);
        Assert.Equal("64x96", (string?)onnx["metadata"]!["matting.size"]);
        Assert.True((bool)onnx["ownModel"]!);
        string[] shown = ["ai.onnx opset 17", "[N, 3, 64, 96]", "Conv ", "matting.network", "imagenet"];
        Assert.All(shown, part => Assert.Contains(part, Run(file).Output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_JSON_of_a_card_is_exactly_this()
    {
        string file = _folder.File("model.onnx");
        INetwork network = new U2NetP();
        ModelCard card = new()
        {
            Network = "u2netp",
            Task = "matting",
            Profile = NormalisationProfile.Half,
            CheckpointSha256 = new string('b', 64),
            Verified = new(2.5e-7, 1e-8),
            Rounding = new(0.002, 0.0001),
            Validation = new Dictionary<string, double> { ["mse"] = 0.0125 },
            ToolchainVersion = "1.2.3",
        };
        OnnxExportOptions options = new() { Height = 64, Width = 96, Precision = ModelPrecision.Float16, Card = card };
        OnnxFile.Write(file, OnnxExporter.Build(network, NetworkInitialiser.Create(network, 1), options));
        JsonNode json = Json(file);
        Assert.Equal(new FileInfo(file).Length, (long)json["bytes"]!);
        Assert.Equal("""[{"name":"alpha","type":"FLOAT","shape":["N","1","64","96"]}]""", json["onnx"]!["outputs"]!.ToJsonString());
        const string Expected = """
            {"network":"u2netp","task":"matting","profile":{"name":"half","mean":[0.5,0.5,0.5],"std":[0.5,0.5,0.5],"channels":"RGB"},
            "size":"64x96","precision":"fp16","classes":[],"checkpointSha256":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "verified":{"maximum":2.5E-07,"mean":1E-08},"rounding":{"maximum":0.002,"mean":0.0001},"validation":{"mse":0.0125},"toolchain":"1.2.3"}
            """;
        Assert.Equal(JsonNode.Parse(Expected)!.ToJsonString(), json["onnx"]!["card"]!.ToJsonString());

        string shown = Run(file).Output;
        string[] lines =
        [
            "u2netp for matting, 64x96, profile half, fp16, toolchain 1.2.3", "differs from Torch by at most 2.50e-07, on average 1.00e-08",
            "differs from the same weights in fp32 by at most 2.00e-03, on average 1.00e-04", "mse 0.0125", new string('b', 64),
        ];
        Assert.All(lines, line => Assert.Contains(line, shown, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_of_another_program_is_said_to_have_no_card()
    {
        string file = _folder.File("foreign.onnx");
        INetwork network = new U2NetP();
        OnnxFile.Write(file, OnnxExporter.Build(network, NetworkInitialiser.Create(network, 1), new OnnxExportOptions()));
        JsonNode onnx = Json(file)["onnx"]!;
        Assert.Null(onnx["card"]);
        Assert.True(onnx.AsObject().ContainsKey("card"));
        Assert.False((bool)onnx["ownModel"]!);
        Assert.Equal("""[{"name":"image","type":"FLOAT","shape":["N","3","H","W"]}]""", onnx["inputs"]!.ToJsonString());
        Assert.Contains("none: not a model of this toolchain", Run(file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pth_without_a_state_dictionary_is_shown_all_the_same()
    {
        string file = _folder.File("list.pth");
        PthFile.Write(file, new PickleList([1, 2, 3]));
        WeightsReport weights = FileInspector.Inspect(file).Weights!;
        Assert.Empty(weights.Tensors);
        Assert.Equal(new OtherEntry("(file)", "list", null, 3, 0, 0), Assert.Single(weights.Other));
        Assert.Contains("no state dictionary", Run(file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_of_a_hostile_name_do_not_reach_the_terminal()
    {
        string file = _folder.File("hostile.safetensors");
        StateDict tensors = new();
        tensors.Add("a\u001b[2Jb[red]", WeightTensor.FromFloat32([1], 1));
        SafetensorsFile.Write(file, tensors);
        CommandRun run = Run(file);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("a?[2Jb[red]", run.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> BadFiles => new()
    {
        { "empty.pth", [] },
        { "text.pth", "not weights"u8.ToArray() },
        { "text.bin", "not weights"u8.ToArray() },
        { "cut.safetensors", [200, 0, 0, 0, 0, 0, 0, 0, (byte)'{'] },
        { "text.onnx", "not a model"u8.ToArray() },
        { "cut.pth", [(byte)'P', (byte)'K', 3, 4, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_is_one_line_that_names_it_and_code_1(string name, byte[] content)
    {
        string file = _folder.File(name);
        File.WriteAllBytes(file, content);
        foreach (string[] options in (string[][])[[], ["--json"]])
        {
            CommandRun run = Run(file, options);
            Assert.Equal(ExitCodes.Failed, run.ExitCode);
            Assert.Empty(run.Output);
            Assert.Contains(name, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("unexpected", run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public void A_missing_file_and_a_missing_argument_are_told_apart()
    {
        CommandRun missing = Run(_folder.File("none.pth"));
        Assert.Equal(ExitCodes.Failed, missing.ExitCode);
        Assert.Contains("none.pth", missing.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, CommandRun.Of(Root(), ["inspect"]).ExitCode);
        Assert.Contains("is a folder", Run(_folder.Path).Error, StringComparison.Ordinal);
    }

    private static StateDict Small()
    {
        StateDict tensors = new();
        tensors.Add("conv.weight", WeightTensor.FromFloat32([1, 2, 3, 4, 5, 6], 2, 3));
        tensors.Add("steps", WeightTensor.FromInt64([7]));
        return tensors;
    }

    private static RootCommand Root() => new() { InspectCommand.Create() };

    private static CommandRun Run(string file, params string[] options) => CommandRun.Of(Root(), ["inspect", file, .. options]);

    private static JsonNode Json(string file)
    {
        CommandRun run = Run(file, "--json");
        Assert.Equal("", run.Error);
        return JsonNode.Parse(run.Output, documentOptions: new JsonDocumentOptions { MaxDepth = 8 })!;
    }
}
