using System.Text;
using Google.Protobuf;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Shared.Onnx;
using Matting.Testing;

namespace Matting.Shared.Tests.Onnx;

public sealed class OnnxFileTests
{
    private static readonly byte[] Good = MakeGood();

    [Fact]
    public void What_is_written_is_read_back()
    {
        using TempFolder folder = new();
        string path = folder.File("model.onnx");
        ModelProto model = OnnxFile.Parse(Good, "good");
        OnnxFile.Write(path, model);
        Assert.Equal(model, OnnxFile.Read(path));
        Assert.Equal(Good, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void An_existing_file_is_replaced_only_when_that_is_allowed()
    {
        using TempFolder folder = new();
        string path = folder.File("model.onnx");
        File.WriteAllText(path, "mine");
        Assert.Throws<IOException>(() => OnnxFile.Write(path, OnnxFile.Parse(Good, "good"), overwrite: false));
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void A_missing_file_is_an_io_error() =>
        Assert.Throws<FileNotFoundException>(() => OnnxFile.Read(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx")));

    [Fact]
    public void A_summary_says_what_is_in_a_model()
    {
        OnnxSummary summary = OnnxSummary.Of(OnnxFile.Parse(Good, "good"));
        Assert.Equal(8, summary.IrVersion);
        Assert.Equal([KeyValuePair.Create("ai.onnx", 17L)], summary.Opsets);
        Assert.StartsWith("Matting", summary.Producer, StringComparison.Ordinal);
        Assert.Equal("Conv", summary.Operators[0].Key);
        Assert.Equal(summary.Nodes, summary.Operators.Sum(entry => entry.Value));
        // float32, but for the one vector of three int64 that says a size
        Assert.Equal(summary.InitialiserElements * 4 + 3 * 4, summary.InitialiserBytes);
        Assert.Equal("sample", summary.Card?.Network);
    }

    public static TheoryData<string, byte[]> NotOnnx => new()
    {
        { "nothing", [] },
        { "a zero", [0] },
        { "a picture", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13] },
        { "an archive", [(byte)'P', (byte)'K', 3, 4, 20, 0, 0, 0, 8, 0] },
        { "a text", Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n") },
        { "a number that does not end", [.. Enumerable.Repeat((byte)0xFF, 20)] },
        { "a length beyond the end", [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F] },
        { "a length beyond any end", [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01] },
        { "a group", [0x3B, 0x3C] },
        { "a version alone", [0x08, 0x08] },
        { "a graph without versions", new ModelProto { Graph = new() }.ToByteArray() },
        { "no operator set", new ModelProto { IrVersion = 8, Graph = new() }.ToByteArray() },
    };

    [Theory]
    [MemberData(nameof(NotOnnx))]
    public void What_is_no_model_is_refused(string what, byte[] content)
    {
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Parse(content, what));
        Assert.Equal(OnnxFormatError.NotOnnx, error.Reason);
        Assert.Equal(what, error.File);
        Assert.StartsWith($"{what}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_cut_off_anywhere_is_refused_or_at_least_whole_without_its_metadata()
    {
        int metadata = Good.Length - MetadataLength();
        for (int length = 0; length < Good.Length; length += length < 600 || length > metadata ? 1 : 97)
        {
            try
            {
                ModelProto model = OnnxFile.Parse(Good.AsMemory(0, length), "cut");
                Assert.True(length >= metadata, $"cut at {length} of {Good.Length} was read");
                OnnxSummary.Of(model, "cut");
                Assert.Equal(metadata, length);
            }
            catch (OnnxFormatException error)
            {
                Assert.Equal("cut", error.File);
            }
        }
    }

    [Fact]
    public void Flipped_bits_never_lead_to_another_exception()
    {
        SeededRandom random = new(20260);
        int refused = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] bad = [.. Good];
            for (int flips = 1 + random.Next(4); flips > 0; flips--)
                bad[random.Next(trial % 2 == 0 ? bad.Length : 2000)] ^= (byte)(1 << random.Next(8));
            try
            {
                OnnxSummary.Of(OnnxFile.Parse(bad, "flipped"), "flipped");
            }
            catch (OnnxFormatException)
            {
                refused++;
            }
        }
        Assert.True(refused > 300, $"only {refused} refused: the flips do not reach the structure");
    }

    [Fact]
    public void Limits_are_kept_before_memory_is_spent()
    {
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Parse(Good, "big", new() { MaxBytes = 100 }));
        Assert.Equal(OnnxFormatError.LimitExceeded, error.Reason);

        using TempFolder folder = new();
        string path = folder.File("sparse.onnx");
        using (FileStream stream = new(path, FileMode.CreateNew))
            stream.SetLength(3L << 30);
        error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Read(path));
        Assert.Equal(OnnxFormatError.LimitExceeded, error.Reason);

        // a graph of two million empty nodes in four megabytes
        byte[] nodes = new byte[4_000_002];
        for (int i = 0; i < nodes.Length; i += 2)
            nodes[i] = 0x0A;
        error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Parse(Wrap(0x3A, nodes), "nodes"));
        Assert.Equal(OnnxFormatError.LimitExceeded, error.Reason);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        byte[] graph = [];
        for (int depth = 0; depth < 200; depth++)
            graph = Wrap(0x0A, Wrap(0x2A, Wrap(0x32, graph))); // node, its attribute, the attribute's graph
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Parse(Wrap(0x3A, graph), "deep"));
        Assert.Equal(OnnxFormatError.LimitExceeded, error.Reason);
    }

    public static TheoryData<string> HidingPlaces => ["constant", "attribute", "subgraph", "sparse", "function", "training"];

    [Theory]
    [MemberData(nameof(HidingPlaces))]
    public void A_tensor_in_another_file_is_refused_wherever_it_hides(string place)
    {
        TensorProto tensor = new() { Name = "w", DataType = 1, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.Dims.Add(4);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../../secret" });
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Parse(Hide(tensor, place).ToByteArray(), "m.onnx"));
        Assert.Equal(OnnxFormatError.ExternalData, error.Reason);
        Assert.Contains("'w'", error.Message, StringComparison.Ordinal);
        Assert.Throws<OnnxFormatException>(() => OnnxFile.CheckStructure(Hide(tensor, place).ToByteArray(), "m.onnx"));
    }

    [Fact]
    public void Numbers_that_a_parser_would_cut_to_32_bits_hide_no_tensor_in_another_file()
    {
        byte[] location = [0x70, 0x81, 0x80, 0x80, 0x80, 0x10]; // data_location = 2^32 + 1, read as 1
        byte[] field = [0xF0, 0x80, 0x80, 0x80, 0x10, 0x01]; // field 14 with a 33rd bit in its tag
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.CheckStructure(Wrap(0x3A, Wrap(0x2A, location)), "m.onnx"));
        Assert.Equal(OnnxFormatError.ExternalData, error.Reason);
        error = Assert.Throws<OnnxFormatException>(() => OnnxFile.CheckStructure(Wrap(0x3A, Wrap(0x2A, field)), "m.onnx"));
        Assert.Equal(OnnxFormatError.NotOnnx, error.Reason);
    }

    [Fact]
    public void A_tensor_that_does_not_fit_its_shape_is_refused_wherever_it_hides()
    {
        TensorProto[] bad =
        [
            new() { Name = "w", DataType = 1, Dims = { 3 }, RawData = ByteString.CopyFrom(new byte[8]) },
            new() { Name = "w", DataType = 1, Dims = { 3 }, FloatData = { 1, 2 } },
            new() { Name = "w", DataType = 7, Dims = { 3 } },
            new() { Name = "w", DataType = 11, Dims = { -1 }, DoubleData = { 1 } },
            new() { Name = "w", DataType = 1, Dims = { 1L << 40, 1L << 40 } },
            new() { Name = "w", DataType = 1, Dims = { 1 << 20, 1 << 20 } },
            new() { Name = "w", DataType = 99, Dims = { long.MaxValue } },
        ];
        foreach (string place in HidingPlaces.Select(row => row.Data))
        {
            Assert.All(bad, tensor =>
            {
                OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Parse(Hide(tensor, place).ToByteArray(), "m.onnx"));
                Assert.Equal(OnnxFormatError.BadTensor, error.Reason);
            });
        }
    }

    [Fact]
    public void Tensors_in_every_way_of_storing_them_are_read()
    {
        TensorProto[] good =
        [
            new() { DataType = 1, Dims = { 2, 1 }, FloatData = { 1, 2 } },
            new() { DataType = 1, RawData = ByteString.CopyFrom(new byte[4]) },
            new() { DataType = 7, Dims = { 2 }, Int64Data = { 1, 2 } },
            new() { DataType = 2, Dims = { 2 }, Int32Data = { 1, 2 } },
            new() { DataType = 11, Dims = { 1 }, DoubleData = { 1 } },
            new() { DataType = 13, Dims = { 1 }, Uint64Data = { 1 } },
            new() { DataType = 8, Dims = { 1 }, StringData = { ByteString.CopyFromUtf8("x") } },
            new() { DataType = 1, Dims = { 0, 5 } },
        ];
        Assert.All(good, tensor => Assert.Single(OnnxFile.Parse(Hide(tensor, "constant").ToByteArray(), "m").Graph.Initializer));
    }

    [Fact]
    public void A_metadata_key_that_is_there_twice_is_refused()
    {
        ModelProto model = OnnxFile.Parse(Good, "good");
        model.MetadataProps.Add(model.MetadataProps[0].Clone());
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Metadata(model, "m.onnx"));
        Assert.Equal("m.onnx: metadata 'matting.format' is there twice", error.Message);
    }

    [Fact]
    public void Names_out_of_hostile_files_do_not_reach_a_terminal_as_they_are()
    {
        TensorProto tensor = new() { Name = "\u001b[31mred\n" + new string('x', 5000), DataType = 1, Dims = { -1 } };
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Parse(Hide(tensor, "constant").ToByteArray(), "m.onnx"));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.True(error.Message.Length < 400);
    }

    private static byte[] MakeGood()
    {
        SampleNetwork network = new();
        ModelCard card = new() { Network = "x", Task = "x", Profile = NormalisationProfile.Half };
        return OnnxExporter.Serialise(OnnxExporter.Build(network, SampleNetwork.TrainedLike(network, 1), new() { Height = 16, Width = 16, Card = card }));
    }

    private static int MetadataLength()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Good);
        return Good.Length - new Func<int>(() =>
        {
            model.MetadataProps.Clear();
            return model.CalculateSize();
        })();
    }

    private static ModelProto Hide(TensorProto tensor, string place)
    {
        NodeProto node = new() { OpType = "Constant", Attribute = { new AttributeProto { Name = "value", T = tensor } } };
        GraphProto graph = new() { Initializer = { tensor } };
        ModelProto model = new() { IrVersion = 8, Graph = new(), OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        switch (place)
        {
            case "constant":
                model.Graph.Initializer.Add(tensor);
                break;
            case "attribute":
                model.Graph.Node.Add(node);
                break;
            case "subgraph":
                model.Graph.Node.Add(new NodeProto { OpType = "If", Attribute = { new AttributeProto { Name = "then_branch", G = graph } } });
                break;
            case "sparse":
                model.Graph.SparseInitializer.Add(new SparseTensorProto { Values = tensor });
                break;
            case "function":
                model.Functions.Add(new FunctionProto { Name = "f", Node = { node } });
                break;
            default:
                model.TrainingInfo.Add(new TrainingInfoProto { Algorithm = graph });
                break;
        }
        return model;
    }

    private static byte[] Wrap(byte tag, byte[] content)
    {
        using MemoryStream stream = new();
        stream.WriteByte(tag);
        using (CodedOutputStream output = new(stream, leaveOpen: true))
            output.WriteLength(content.Length);
        stream.Write(content);
        return stream.ToArray();
    }
}
