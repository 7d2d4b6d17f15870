using Matting.CommandLine;
using Matting.Runtime.Tests.Cli;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.OddPictures;

public sealed class OddPicturesPredictTests : CliTest
{
    public static TheoryData<string, ResultKind, bool> Kinds => new()
    {
        { "alpha", ResultKind.Alpha, true }, { "alpha", ResultKind.Alpha, false },
        { "cutout", ResultKind.Cutout, true }, { "cutout", ResultKind.Cutout, false },
        { "composite", ResultKind.Composite, true }, { "composite", ResultKind.Composite, false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_one_gets_a_result_of_its_own_size_and_of_its_colours(string kind, ResultKind result, bool open)
    {
        foreach (string name in OddPicture.Names)
            Write(name);
        string[] options = kind == "composite" ? ["--background", "#204060"] : [];
        CliRun run = CliRun.Of(["predict", "--model", open ? OpenModel : Model, "--kind", kind, .. options, "--tta", "flip", "--out", Folder.File("out"), Folder.File("in")]);
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        using MattingModel model = MattingModel.Load(open ? OpenModel : Model);
        ResultOptions making = new() { Kind = result, Background = ResultBackground.Colour(0x20, 0x40, 0x60) };
        foreach (string name in OddPicture.Names)
        {
            byte[] content = File.ReadAllBytes(Folder.File("out", name + ".d", name[..name.IndexOf('.', StringComparison.Ordinal)] + ".png"));
            PixelImage expected = model.Predict(OddPicture.Rgb(name), making, new PredictOptions { Tta = TestTimeAugmentation.Flip }, TestContext.Current.CancellationToken);
            PixelImage written = expected.Channels switch { 1 => ImageFile.ReadGrey(content, name), 3 => ImageFile.ReadRgb(content, name), _ => ImageFile.ReadRgba(content, name) };
            Assert.Equal((expected.Width, expected.Height), (written.Width, written.Height));
            Near.AssertSameBytes(expected.Pixels, written.Pixels, name);
        }
    }

    [Theory]
    [InlineData("transparent.png")]
    [InlineData("one_pixel.png")]
    public void What_cannot_be_seen_is_predicted_by_its_colours(string name)
    {
        PixelImage rgb = OddPicture.Rgb(name);
        using MattingModel model = MattingModel.Load(OpenModel);
        PixelImage alpha = model.Predict(rgb, null, TestContext.Current.CancellationToken);
        PixelImage opaque = model.Predict(ImageFile.ReadRgb(ImageFile.EncodePng(rgb), "opaque"), null, TestContext.Current.CancellationToken);
        Assert.Equal(opaque.Pixels, alpha.Pixels);
    }

    [Theory]
    [InlineData("sixteen_bits.png")]
    [InlineData("sixteen_bits_grey.png")]
    [InlineData("grey_and_alpha.png")]
    [InlineData("palette_with_transparency.png")]
    [InlineData("cmyk.jpg")]
    public void The_alpha_is_that_of_the_picture_in_8_bits_of_red_green_and_blue(string name)
    {
        using MattingModel model = MattingModel.Load(Model);
        PixelImage plain = PillowResize.Bilinear(OddPicture.Rgb(name), Side, Side);
        float[] twin = MattingSmall.Twin(plain, model.Profile);
        byte[] levels = new byte[Side * Side];
        Quantise.Truncate(twin, levels);
        PixelImage alpha = Assert.Single(model.PredictFiles([Write(name)], (_, found) => found.ToNetworkSize(), null, TestContext.Current.CancellationToken)).Result!;
        // float32 against double on either side of a level
        Assert.All(levels.Zip(alpha.Pixels), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Theory]
    [InlineData(-1e6f, 0)]
    [InlineData(1e6f, 255)]
    public void An_alpha_that_is_the_same_everywhere_makes_cut_outs_and_composites_too(float bias, byte level)
    {
        using MattingModel model = MattingModel.Load(Certain(bias), "certain", new() { Profile = "unit" });
        PixelImage rgb = Pictures.Rgb(30, 21);
        PixelImage cutout = model.Predict(rgb, new ResultOptions { Kind = ResultKind.Cutout }, null, TestContext.Current.CancellationToken);
        Assert.All(Enumerable.Range(0, 30 * 21), i => Assert.Equal(level, cutout.Pixels[(i * 4) + 3]));
        ResultOptions over = new() { Kind = ResultKind.Composite, Background = ResultBackground.Colour(1, 2, 3) };
        PixelImage composite = model.Predict(rgb, over, null, TestContext.Current.CancellationToken);
        byte[] expected = level == 255 ? rgb.Pixels : [.. Enumerable.Range(0, rgb.Pixels.Length).Select(i => (byte)((i % 3) + 1))];
        Assert.Equal(expected, composite.Pixels);
    }

    // a folder each: names that differ in the extension only would collide
    private string Write(string name)
    {
        string file = Folder.File("in", name + ".d", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, OddPicture.File(name));
        return file;
    }

    private static byte[] Certain(float bias) => new TinyModel()
        .Input("image", TinyModel.Float, 1, 3, Side, Side).Output("alpha", TinyModel.Float, 1, 1, Side, Side)
        .Weights("red", [1f, 0f, 0f], 1, 3, 1, 1).Weights("bias", [bias], 1)
        .Node("Conv", ["image", "red", "bias"], ["logits"]).Node("Sigmoid", ["logits"], ["alpha"]).ToBytes();
}
