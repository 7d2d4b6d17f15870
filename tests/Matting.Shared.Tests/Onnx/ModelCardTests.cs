using System.Globalization;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;

namespace Matting.Shared.Tests.Onnx;

public sealed class ModelCardTests
{
    private static readonly ModelCard Full = new()
    {
        Network = "unet",
        Task = "segmentation",
        Profile = NormalisationProfile.Imagenet,
        Height = 704,
        Width = 512,
        Classes = ["background", "dog, large", "cat \"x\""],
        CheckpointSha256 = new string('a', 64),
        Verified = new(1.2345678901234567e-7, 3e-9),
        Validation = new Dictionary<string, double> { ["mse"] = 0.0113, ["iou"] = 0.75 },
        ToolchainVersion = "1.2.3",
    };

    private static readonly ModelCard Half = Full with { Precision = ModelPrecision.Float16, Rounding = new(0.0021, 1.5e-4) };

    private static readonly ModelCard Bare = new() { Network = "u2netp", Task = "matting", Profile = NormalisationProfile.Half };

    [Fact]
    public void What_is_written_is_read_back()
    {
        Assert.Equal(Full, ModelCard.FromMetadata(Full.ToMetadata()));
        Assert.Equal(Bare, ModelCard.FromMetadata(Bare.ToMetadata()));
        Assert.Equal(Half, ModelCard.FromMetadata(Half.ToMetadata()));
        Assert.Equal(Half with { Rounding = null }, ModelCard.FromMetadata((Half with { Rounding = null }).ToMetadata()));
        Assert.NotEqual(Full, Bare);
        Assert.NotEqual(Full, Full with { Precision = ModelPrecision.Float16 });
        Assert.NotEqual(Half, Half with { Rounding = null });
        Assert.NotEqual(Full, Full with { Classes = ["background"] });
        Assert.NotEqual(Full, Full with { Validation = new Dictionary<string, double> { ["mse"] = 0.0113 } });
    }

    [Fact]
    public void A_profile_of_the_users_own_is_read_back()
    {
        ModelCard card = Bare with { Profile = new("mine", [0.1f, 0.2f, 0.30000001f], [1f / 3, 0.25f, 1e-7f]) };
        Assert.Equal(card, ModelCard.FromMetadata(card.ToMetadata()));
    }

    [Fact]
    public void The_properties_are_those_of_the_design()
    {
        IReadOnlyDictionary<string, string> metadata = Full.ToMetadata();
        Assert.All(metadata.Keys, key => Assert.StartsWith("matting.", key, StringComparison.Ordinal));
        Assert.Equal("704x512", metadata["matting.size"]);
        Assert.Equal("RGB", metadata["matting.channels"]);
        Assert.Equal("0.485,0.456,0.406", metadata["matting.mean"]);
        Assert.Equal("dynamic", Bare.ToMetadata()["matting.size"]);
        Assert.Equal(("fp16", "maximum 0.0021 mean 0.00015"), (Half.ToMetadata()["matting.precision"], Half.ToMetadata()["matting.rounding"]));
        Assert.Equal("none", Bare.ToMetadata()["matting.verified"]);
        Assert.Equal("none", Bare.ToMetadata()["matting.checkpoint.sha256"]);
    }

    [Fact]
    public void A_model_that_says_nothing_of_its_precision_is_in_float32_as_all_were_before()
    {
        Assert.DoesNotContain("matting.precision", Full.ToMetadata().Keys);
        Assert.Equal(Full, ModelCard.FromMetadata(new Dictionary<string, string>(Full.ToMetadata()) { ["matting.precision"] = "fp32" }));
    }

    [Fact]
    public void The_language_of_the_machine_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal("0.5,0.5,0.5", Bare.ToMetadata()["matting.std"]);
            Assert.Equal(Full, ModelCard.FromMetadata(Full.ToMetadata()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_model_from_elsewhere_has_no_card()
    {
        Assert.Null(ModelCard.FromMetadata(new Dictionary<string, string>()));
        Assert.Null(ModelCard.FromMetadata(new Dictionary<string, string> { ["author"] = "somebody", ["mattingly"] = "1" }));
    }

    public static TheoryData<string> Keys => [.. Half.ToMetadata().Keys.Where(key => key != "matting.precision")];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_missing_or_empty_property_is_refused_by_name(string key)
    {
        Dictionary<string, string> metadata = new(Half.ToMetadata());
        metadata.Remove(key);
        Refused(metadata, key);
        metadata[key] = "";
        Refused(metadata, key);
    }

    [Theory]
    [InlineData("matting.format", "2")]
    [InlineData("matting.channels", "BGR")]
    [InlineData("matting.size", "704")]
    [InlineData("matting.size", "704x0")]
    [InlineData("matting.size", "-1x5")]
    [InlineData("matting.size", "9999999x5")]
    [InlineData("matting.size", "704x512\n")]
    [InlineData("matting.size", "Dynamic")]
    [InlineData("matting.mean", "0.5,0.5")]
    [InlineData("matting.mean", "0.5,0.5,x")]
    [InlineData("matting.std", "0.229,0.224,0")]
    [InlineData("matting.std", "0.229,0.224,NaN")]
    [InlineData("matting.classes", "background")]
    [InlineData("matting.classes", "[null]")]
    [InlineData("matting.classes", "{}")]
    [InlineData("matting.checkpoint.sha256", "abc")]
    [InlineData("matting.verified", "yes")]
    [InlineData("matting.verified", "maximum 1e-6 mean x")]
    [InlineData("matting.verified", "maximum 1e-9 mean 1e-6")]
    [InlineData("matting.verified", "maximum -1 mean -2")]
    [InlineData("matting.verified", "maximum Infinity mean 0")]
    [InlineData("matting.precision", "fp8")]
    [InlineData("matting.precision", "FP16")]
    [InlineData("matting.precision", "")]
    [InlineData("matting.rounding", "small")]
    [InlineData("matting.rounding", "maximum 1e-3")]
    [InlineData("matting.validation", "[1]")]
    [InlineData("matting.validation", "{\"mse\":\"low\"}")]
    [InlineData("matting.future", "1")]
    public void A_garbled_or_unknown_property_is_refused_by_name(string key, string value) =>
        Refused(new(Half.ToMetadata()) { [key] = value }, key);

    [Fact]
    public void A_rounding_of_a_model_in_float32_is_a_contradiction() =>
        Refused(new(Full.ToMetadata()) { ["matting.rounding"] = "none" }, "matting.rounding");

    [Fact]
    public void A_known_profile_with_other_numbers_is_a_contradiction() =>
        Refused(new(Full.ToMetadata()) { ["matting.mean"] = "0.5,0.5,0.5" }, "matting.profile");

    [Fact]
    public void A_card_that_contradicts_itself_is_not_written()
    {
        ModelCard[] bad =
        [
            Bare with { Height = 5 },
            Bare with { Width = 5 },
            Bare with { Height = 0, Width = 5 },
            Bare with { Network = "" },
            Bare with { Task = "" },
            Bare with { CheckpointSha256 = "ABC" },
            Bare with { Verified = new(double.NaN, 0) },
            Bare with { Rounding = new(1e-3, 1e-4) },
            Half with { Rounding = new(double.NaN, 0) },
            Bare with { Validation = new Dictionary<string, double> { ["mse"] = double.PositiveInfinity } },
        ];
        Assert.All(bad, card => Assert.Throws<InvalidOperationException>(card.ToMetadata));
    }

    [Fact]
    public void An_exported_model_carries_its_card_with_network_task_and_size_filled_in()
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        ModelCard card = Full with { Network = "to be replaced", Task = "to be replaced", Height = null, Width = null };
        ModelProto model = OnnxExporter.Build(network, NetworkInitialiser.Create(network, 1), new() { Height = 64, Width = 32, Card = card });
        ModelProto read = OnnxFile.Parse(OnnxExporter.Serialise(model), "m.onnx");
        Assert.Equal(Full with { Network = "u2netp", Task = "matting", Height = 64, Width = 32 }, OnnxFile.Card(read));
        Assert.Equal("1.2.3", read.ProducerVersion);
    }

    [Fact]
    public void A_card_that_contradicts_the_graph_is_refused()
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        ModelProto model = OnnxExporter.Build(network, NetworkInitialiser.Create(network, 1), new() { Height = 64, Width = 32, Card = Bare });
        OnnxFile.SetCard(model, OnnxFile.Card(model)! with { Height = 128 });
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => OnnxFile.Card(model, "m.onnx"));
        Assert.Equal(OnnxFormatError.BadMetadata, error.Reason);
        Assert.Equal("m.onnx: the size in its metadata is not that of its input", error.Message);

        OnnxFile.SetCard(model, Full with { Height = 64, Width = 32 });
        model.Graph.Input[0].Name = "picture";
        Assert.Throws<OnnxFormatException>(() => OnnxFile.Card(model));
    }

    [Fact]
    public void A_new_card_replaces_the_old_one_and_leaves_other_properties()
    {
        ModelProto model = new() { Graph = new() };
        model.MetadataProps.Add(new StringStringEntryProto { Key = "author", Value = "somebody" });
        OnnxFile.SetCard(model, Full);
        OnnxFile.SetCard(model, Bare);
        IReadOnlyDictionary<string, string> metadata = OnnxFile.Metadata(model);
        Assert.Equal("somebody", metadata["author"]);
        Assert.Equal(Bare, ModelCard.FromMetadata(metadata));
    }

    private static void Refused(Dictionary<string, string> metadata, string key)
    {
        OnnxFormatException error = Assert.Throws<OnnxFormatException>(() => ModelCard.FromMetadata(metadata, "m.onnx"));
        Assert.Equal(OnnxFormatError.BadMetadata, error.Reason);
        Assert.StartsWith($"m.onnx: metadata '{key}': ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
