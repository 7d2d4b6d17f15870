using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Loading;

/// <summary>Files built like the exports of the popular background removers, run with the preset of their family.</summary>
public sealed class ForeignFamilyTests
{
    private const int Side = 16;

    // the numbers of each family once more, written down apart from the table that is tested
    private static readonly Dictionary<string, (double[] Mean, double[] Std, bool Logits, bool Last)> Families = new()
    {
        ["u2net"] = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], false, false),
        ["u2netp"] = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], false, false),
        ["silueta"] = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], false, false),
        ["isnet"] = ([0.5, 0.5, 0.5], [1, 1, 1], false, false),
        ["isnet-anime"] = ([0, 0, 0], [1, 1, 1], false, false),
        ["rmbg-1.4"] = ([0.5, 0.5, 0.5], [1, 1, 1], false, false),
        ["rmbg-2.0"] = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], false, false),
        ["birefnet"] = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], true, true),
        ["modnet"] = ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5], false, false),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Families.Keys];

    [Fact]
    public void Every_preset_is_tested() => Assert.Equal(Families.Keys.Order(), ModelPreset.Known.Select(preset => preset.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_preset_computes_what_its_family_computes(string name)
    {
        (double[] mean, double[] std, bool logits, bool last) = Families[name];
        // 32 pixels: a multiple of 32, and not square, so that height and width cannot be swapped
        ForeignGraph graph = new() { Outputs = ["5", "6", "7"], Alpha = last ? 2 : 0, Logits = logits, Shape = [1, 3, 32, 64] };
        PixelImage picture = Pictures.Rgb(64, 32, seed: 5);
        float[] normalised = new float[3 * picture.Width * picture.Height];
        for (int i = 0; i < picture.Width * picture.Height; i++)
        {
            for (int c = 0; c < 3; c++)
                normalised[(c * picture.Width * picture.Height) + i] = (float)(((picture.Pixels[(i * 3) + c] / 255.0) - mean[c]) / std[c]);
        }
        float[] expected = MattingSmall.Twin(normalised, 1, picture.Height, picture.Width);
        using MattingModel model = MattingModel.Load(graph.ToBytes(), "foreign", new() { Preset = ModelPreset.Get(name) });
        PixelImage alpha = model.Predict(picture, cancellation: Cancellation);
        Assert.Equal(last ? "7" : "5", model.Output);
        // one level: where float32 and float64 fall on two sides of a whole level
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(Math.Abs(alpha.Pixels[i] - (int)(expected[i] * 255)), 0, 1);
    }

    [Fact]
    public void The_seven_outputs_of_U2NETP_need_the_preset_or_the_name_of_one()
    {
        byte[] file = ForeignGraph.U2Net(Side).ToBytes();
        MattingModelException refused = Refused(file, new() { Profile = "imagenet" });
        Assert.Equal(MattingModelError.Unsuitable, refused.Reason);
        Assert.Contains("choose one of 1959, 1960, 1961, 1962, 1963, 1964, 1965 (--output), or say of which family the model is (--preset)", refused.Message, StringComparison.Ordinal);
        using MattingModel preset = MattingModel.Load(file, "u2netp.onnx", new() { Preset = ModelPreset.Get("u2netp") });
        Assert.Equal(("1959", Side, Side), (preset.Output, preset.Height, preset.Width));
        using MattingModel named = MattingModel.Load(file, "u2netp.onnx", new() { Profile = "imagenet", Output = "1959" });
        PixelImage picture = Pictures.Rgb(20, 12);
        Assert.Equal(named.Predict(picture, cancellation: Cancellation).Pixels, preset.Predict(picture, cancellation: Cancellation).Pixels);
    }

    [Fact]
    public void A_file_of_fixed_batch_runs_several_pictures_and_their_mirrors()
    {
        using MattingModel model = MattingModel.Load(ForeignGraph.U2Net(320).ToBytes(), "u2netp.onnx", new() { Preset = ModelPreset.Get("u2netp") });
        Assert.Equal((320, 320), (model.Height, model.Width));
        PixelImage[] pictures = [Pictures.Rgb(320, 320, 1), Pictures.Rgb(320, 320, 2)];
        PixelImage[] alphas = model.PredictTogether(pictures, new PredictOptions { Tta = TestTimeAugmentation.Flip }, Cancellation);
        for (int i = 0; i < 2; i++)
        {
            float[] expected = MattingSmall.Twin(pictures[i], NormalisationProfile.Imagenet, flip: true);
            for (int pixel = 0; pixel < expected.Length; pixel++)
                Assert.InRange(Math.Abs(alphas[i].Pixels[pixel] - (int)(expected[pixel] * 255)), 0, 1);
        }
    }

    [Theory]
    [InlineData("u2netp", 320)]
    [InlineData("isnet", 1024)]
    public void A_file_of_open_size_runs_at_the_preset_s(string preset, int side)
    {
        byte[] file = new ForeignGraph { Shape = ["N", 3, "H", "W"] }.ToBytes();
        using MattingModel model = MattingModel.Load(file, "open", new() { Preset = ModelPreset.Get(preset) });
        Assert.Equal((side, side), (model.Height, model.Width));
        using MattingModel given = MattingModel.Load(file, "open", new() { Preset = ModelPreset.Get(preset), Height = 64, Width = 96 });
        Assert.Equal((64, 96), (given.Height, given.Width));
    }

    [Theory]
    [InlineData(1000, 1500, 512, 768)]
    [InlineData(1500, 1000, 768, 512)]
    [InlineData(300, 400, 512, 672)]
    [InlineData(400, 800, 384, 800)]
    [InlineData(512, 512, 512, 512)]
    [InlineData(1, 1, 512, 512)]
    [InlineData(1, 1000, 32, 992)]
    [InlineData(1, 10000, 32, 2048)]
    public void MODNet_keeps_the_aspect_ratio_with_its_shorter_side_near_512(int height, int width, int networkHeight, int networkWidth)
    {
        byte[] file = new ForeignGraph { Shape = ["N", 3, "H", "W"] }.ToBytes();
        using MattingModel model = MattingModel.Load(file, "modnet.onnx", new() { Preset = ModelPreset.Get("modnet") });
        Assert.Null(model.Height);
        Assert.Equal(new NetworkSize(networkHeight, networkWidth), model.SizeFor(height, width));
        using MattingModel given = MattingModel.Load(file, "modnet.onnx", new() { Preset = ModelPreset.Get("modnet"), Height = 64, Width = 96 });
        Assert.Equal(new NetworkSize(64, 96), given.SizeFor(height, width));
    }

    [Fact]
    public void A_size_that_is_open_in_one_direction_only_has_to_be_given()
    {
        byte[] file = new ForeignGraph { Shape = [1, 3, 512, "W"] }.ToBytes();
        Assert.Contains("--size", Refused(file, new() { Preset = ModelPreset.Get("modnet") }).Message, StringComparison.Ordinal);
        using MattingModel given = MattingModel.Load(file, "modnet.onnx", new() { Preset = ModelPreset.Get("modnet"), Height = 512, Width = 672 });
        Assert.Equal(672, given.Width);
    }

    [Fact]
    public void Options_override_single_values_of_a_preset()
    {
        ForeignGraph graph = new() { Outputs = ["a", "b"], Alpha = 1, Logits = true };
        using MattingModel model = MattingModel.Load(graph.ToBytes(), "foreign",
            new() { Preset = ModelPreset.Get("u2net"), Profile = "half", Output = "b", OutputNormalisation = OutputNormalisation.Sigmoid });
        Assert.Equal((NormalisationProfile.Half, "b", OutputNormalisation.Sigmoid), (model.Profile, model.Output, model.OutputNormalisation));
    }

    [Fact]
    public void An_output_without_channels_is_the_same_alpha()
    {
        ForeignGraph graph = new() { Shape = ["N", 3, Side, Side] };
        PixelImage[] pictures = [Pictures.Rgb(Side, Side, 1), Pictures.Rgb(Side, Side, 2), Pictures.Rgb(Side, Side, 3)];
        using MattingModel with = MattingModel.Load(graph.ToBytes(), "with", new() { Profile = "half" });
        using MattingModel without = MattingModel.Load((graph with { OutputHasChannels = false }).ToBytes(), "without", new() { Profile = "half" });
        Assert.Equal(with.PredictTogether(pictures, cancellation: Cancellation).Select(alpha => alpha.Pixels), without.PredictTogether(pictures, cancellation: Cancellation).Select(alpha => alpha.Pixels));
    }

    [Fact]
    public void A_preset_that_contradicts_a_model_s_card_is_refused_naming_both()
    {
        MattingModelException refused = Refused(MattingSmall.WithCard(8, 8), new() { Preset = ModelPreset.Get("u2net") });
        Assert.Equal(MattingModelError.Contradiction, refused.Reason);
        Assert.Contains("profile half, the preset u2net says imagenet", refused.Message, StringComparison.Ordinal);
        MattingModelException sigmoid = Refused(MattingSmall.WithCard(8, 8, NormalisationProfile.Imagenet), new() { Preset = ModelPreset.Get("birefnet") });
        Assert.Contains("alpha already; the preset birefnet asks for a sigmoid", sigmoid.Message, StringComparison.Ordinal);
        using MattingModel agreeing = MattingModel.Load(MattingSmall.WithCard(8, 8), "model", new() { Preset = ModelPreset.Get("modnet") });
        Assert.Equal(NormalisationProfile.Half, agreeing.Profile);
    }

    [Fact]
    public void A_second_sigmoid_is_refused_naming_both()
    {
        byte[] file = new ForeignGraph { Shape = [1, 3, 32, 32] }.ToBytes();
        MattingModelException refused = Refused(file, new() { Preset = ModelPreset.Get("birefnet") });
        Assert.Equal(MattingModelError.Contradiction, refused.Reason);
        Assert.Contains("output 'output' has gone through a sigmoid already; the preset birefnet asks for another one (--normalise-output none)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--normalise-output asks", Refused(file, new() { Profile = "half", OutputNormalisation = OutputNormalisation.Sigmoid }).Message, StringComparison.Ordinal);
        using MattingModel told = MattingModel.Load(file, "told", new() { Preset = ModelPreset.Get("birefnet"), OutputNormalisation = OutputNormalisation.None });
        Assert.Equal(OutputNormalisation.None, told.OutputNormalisation);
    }

    [Theory]
    [InlineData(null, "it takes 500x500, the preset modnet needs multiples of 32")]
    [InlineData(48, "--size asks for 48x48, the preset modnet needs multiples of 32")]
    public void A_size_that_the_family_cannot_run_at_is_refused_naming_both(int? asked, string message)
    {
        ForeignGraph graph = new() { Shape = asked is null ? [1, 3, 500, 500] : ["N", 3, "H", "W"] };
        Assert.Contains(message, Refused(graph.ToBytes(), new() { Preset = ModelPreset.Get("modnet"), Height = asked, Width = asked }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_preset_lists_the_known_ones()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => ModelPreset.Get("u3net"));
        Assert.Contains("no preset u3net; known: u2net, u2netp, silueta, isnet, isnet-anime, rmbg-1.4, rmbg-2.0, birefnet, modnet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_matting_export_is_refused_with_what_it_is()
    {
        Assert.Contains("with the channels last", Refused(new TinyModel().Input("x", TinyModel.Float, 1, 8, 8, 3).Output("y", TinyModel.Float, 1, 8, 8, 3)
            .Node("Identity", ["x"], ["y"]).ToBytes()).Message, StringComparison.Ordinal);
        Assert.Contains("keep_io_types", Refused(SmallModels.Identity(TinyModel.Float16, 1, 3, 8, 8)).Message, StringComparison.Ordinal);
        Assert.Contains("a tensor of UInt8, expected a tensor of Float", Refused(SmallModels.Identity(TinyModel.UInt8, 1, 3, 8, 8)).Message, StringComparison.Ordinal);
        Assert.Contains("3 channels, an alpha map has 1", Refused(SmallModels.Identity(TinyModel.Float, 1, 3, 8, 8)).Message, StringComparison.Ordinal);
        Assert.Contains("has 2 dimensions", Refused(new TinyModel().Input("x", TinyModel.Float, 1, 3, 8, 8).Output("y", TinyModel.Float, 1, 192)
            .Node("Flatten", ["x"], ["y"]).ToBytes()).Message, StringComparison.Ordinal);
        Assert.Contains("input 'x' has 1 channels", Refused(SmallModels.Identity(TinyModel.Float, 1, 1, 8, 8)).Message, StringComparison.Ordinal);
    }

    private static MattingModelException Refused(byte[] model, MattingModelOptions? options = null)
    {
        MattingModelException refused = Assert.Throws<MattingModelException>(() => MattingModel.Load(model, "some.onnx", options ?? new() { Profile = "half" }));
        Assert.StartsWith("some.onnx: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        return refused;
    }
}
