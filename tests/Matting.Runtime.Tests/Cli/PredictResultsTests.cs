using Matting.CommandLine;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

/// <summary>What <c>matting predict</c> makes of pictures, and in which format.</summary>
public sealed class PredictResultsTests : CliTest
{
    private string Out => Folder.File("out");

    [Fact]
    public void A_cutout_has_the_colours_and_the_alpha_of_the_library()
    {
        string picture = Picture("a.png", 33, 21);
        Assert.Equal([Path.Combine(Out, "a.png")], Predict("--kind", "cutout", picture).OutputLines);
        using MattingModel model = MattingModel.Load(Model);
        PixelImage expected = model.Predict(ImageFile.ReadRgb(picture), new ResultOptions { Kind = ResultKind.Cutout }, null, TestContext.Current.CancellationToken);
        Near.AssertSameBytes(expected.Pixels, ImageFile.ReadRgba(Path.Combine(Out, "a.png")).Pixels);
    }

    [Fact]
    public void Without_decontamination_a_cutout_keeps_the_pictures_colours()
    {
        string picture = Picture("a.png", 33, 21);
        Predict("--kind", "cutout", "--decontaminate", "off", picture);
        Near.AssertSameBytes(ImageFile.ReadRgb(picture).Pixels, ImageFile.ReadRgb(Path.Combine(Out, "a.png")).Pixels);
    }

    [Theory]
    [InlineData("#102030")]
    [InlineData("#123")]
    public void A_composite_lies_over_a_colour(string colour)
    {
        string picture = Picture("a.png", 33, 21);
        Predict("--kind", "composite", "--background", colour, picture);
        Assert.True(ResultBackground.TryParseColour(colour, out ResultBackground background));
        Near.AssertSameBytes(Composite(picture, background).Pixels, ImageFile.ReadRgb(Path.Combine(Out, "a.png")).Pixels);
    }

    [Fact]
    public void A_composite_lies_over_a_picture_and_over_white_by_default()
    {
        string picture = Picture("a.png", 33, 21), behind = Picture("behind.jpg", 50, 10, 9);
        Predict("--kind", "composite", "--background", behind, picture);
        Near.AssertSameBytes(Composite(picture, ResultBackground.Picture(ImageFile.ReadRgb(behind))).Pixels, ImageFile.ReadRgb(Path.Combine(Out, "a.png")).Pixels);
        Predict("--kind", "composite", "--overwrite", picture);
        Near.AssertSameBytes(Composite(picture, ResultBackground.White).Pixels, ImageFile.ReadRgb(Path.Combine(Out, "a.png")).Pixels);
    }

    [Fact]
    public void Every_format_has_its_extension_and_content()
    {
        string picture = Picture("a.png", 33, 21);
        Predict("--kind", "cutout", picture);
        Predict("--kind", "cutout", "--format", "webp", picture);
        Assert.Equal("WebP", ImageFile.Identify(Path.Combine(Out, "a.webp")).Format);
        Near.AssertSameBytes(ImageFile.ReadRgba(Path.Combine(Out, "a.png")).Pixels, ImageFile.ReadRgba(Path.Combine(Out, "a.webp")).Pixels);
        Predict("--kind", "composite", "--format", "jpeg", "--quality", "95", picture);
        long fine = new FileInfo(Path.Combine(Out, "a.jpg")).Length;
        Assert.Equal("JPEG", ImageFile.Identify(Path.Combine(Out, "a.jpg")).Format);
        Predict("--kind", "composite", "--format", "jpeg", "--quality", "20", "--overwrite", picture);
        Assert.True(new FileInfo(Path.Combine(Out, "a.jpg")).Length < fine);
    }

    [Fact]
    public void Results_can_have_the_networks_size()
    {
        string picture = Picture("a.png", 33, 21);
        foreach (string kind in (string[])["alpha", "cutout", "composite"])
        {
            Predict("--kind", kind, "--result-size", "network", "--overwrite", picture);
            ImageFileInfo info = ImageFile.Identify(Path.Combine(Out, "a.png"));
            Assert.Equal((Side, Side), (info.Width, info.Height));
        }
    }

    [Theory]
    [InlineData("a.png", "--kind", "cutout")]
    [InlineData("a.webp", "--kind", "cutout", "--format", "webp")]
    [InlineData("a.webp", "--kind", "composite", "--format", "webp", "--quality", "80")]
    [InlineData("a.jpg", "--kind", "composite", "--format", "jpeg")]
    [InlineData("a.png", "--kind", "composite", "--result-size", "network")]
    public void Results_with_colours_have_the_pictures_colour_profile_unless_it_is_dropped(string file, params string[] options)
    {
        string picture = PictureWithProfile("a.png", 1000);
        Predict([.. options, picture]);
        Assert.Equal(Pictures.Profile(1000), ImageFile.ReadRgb(Path.Combine(Out, file)).ColourProfile.ToArray());
        Predict([.. options, "--colour-profile", "drop", "--overwrite", picture]);
        Assert.True(ImageFile.ReadRgb(Path.Combine(Out, file)).ColourProfile.IsEmpty);
    }

    [Fact]
    public void An_alpha_has_no_colour_profile_and_the_bytes_that_it_has_without_one()
    {
        string plain = Picture("plain.png", 33, 21), profiled = PictureWithProfile("profiled.png", 1000);
        Predict(plain, profiled);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Out, "plain.png")), File.ReadAllBytes(Path.Combine(Out, "profiled.png")));
    }

    [Fact]
    public void Over_a_picture_the_profile_is_the_foregrounds()
    {
        string picture = PictureWithProfile("a.png", 1000), plain = Picture("plain.png", 33, 21), behind = PictureWithProfile("behind.png", 2000);
        Predict("--kind", "composite", "--background", behind, picture, plain);
        Assert.Equal(Pictures.Profile(1000), ImageFile.ReadRgb(Path.Combine(Out, "a.png")).ColourProfile.ToArray());
        Assert.True(ImageFile.ReadRgb(Path.Combine(Out, "plain.png")).ColourProfile.IsEmpty);
    }

    [Theory]
    [InlineData("--post", "components", "--support", "0.65", "--dilation", "1")]
    [InlineData("--post", "calibrate", "--percentile", "20", "--gamma", "1.3")]
    public void Post_processes_are_those_of_the_library_with_the_same_numbers(params string[] options)
    {
        string picture = Picture("a.png", 33, 21);
        PostprocessOptions post = options[1] == "components" ? new ComponentOptions { Support = 0.65, Dilation = 1 } : new CalibrationOptions { Percentile = 20, Gamma = 1.3 };
        Predict([.. options, picture]);
        using MattingModel model = MattingModel.Load(Model);
        PixelImage expected = model.Predict(ImageFile.ReadRgb(picture), new PredictOptions { Post = post }, TestContext.Current.CancellationToken);
        Near.AssertSameBytes(expected.Pixels, ImageFile.ReadGrey(Path.Combine(Out, "a.png")).Pixels);
        PixelImage without = model.Predict(ImageFile.ReadRgb(picture), null, TestContext.Current.CancellationToken);
        Assert.NotEqual(without.Pixels, expected.Pixels);
    }

    [Theory]
    [InlineData("--format jpeg belongs to --kind composite", "--format", "jpeg")]
    [InlineData("--format jpeg belongs to --kind composite", "--kind", "cutout", "--format", "jpeg")]
    [InlineData("--background belongs to --kind composite", "--kind", "cutout", "--background", "#fff")]
    [InlineData("#ffff: expected a colour", "--kind", "composite", "--background", "#ffff")]
    [InlineData("--decontaminate belongs to", "--decontaminate", "off")]
    [InlineData("--colour-profile belongs to", "--colour-profile", "keep")]
    [InlineData("--support is a number of --post components", "--support", "0.3")]
    [InlineData("--quality belongs to", "--quality", "80")]
    [InlineData("from 1 to 100", "--format", "webp", "--quality", "101")]
    [InlineData("--kind shadow", "--kind", "shadow")]
    [InlineData("--overwrite and --skip-existing", "--overwrite", "--skip-existing")]
    public void Options_that_contradict_each_other_are_errors_of_usage(string message, params string[] options) =>
        CliRun.Of(["predict", "--model", Model, "--out", Out, .. options, Picture("a.png")]).FailsWith(ExitCodes.Usage, message);

    [Fact]
    public void A_background_that_cannot_be_read_ends_it_before_anything_is_started()
    {
        string picture = Picture("a.png");
        CliRun.Of("predict", "--model", Model, "--out", Out, "--kind", "composite", "--background", Folder.File("none.png"), picture).FailsWith(ExitCodes.Failed, "none.png");
        CliRun.Of("predict", "--model", Model, "--out", Out, "--kind", "composite", "--background", Folder.Text("bad.png", "no"), picture).FailsWith(ExitCodes.Failed, "bad.png");
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void A_picture_that_the_format_cannot_hold_is_reported_and_the_others_go_on()
    {
        // WebP ends at 16383 pixels a side
        string wide = Picture("wide.png", 16384, 1), good = Picture("good.png");
        CliRun run = CliRun.Of("predict", "--model", Model, "--out", Out, "--format", "webp", wide, good);
        Assert.Equal(ExitCodes.PartFailed, run.ExitCode);
        Assert.Equal([Path.Combine(Out, "good.webp")], run.OutputLines);
        Assert.Contains("at most 16383", run.Error, StringComparison.Ordinal);
    }

    private string PictureWithProfile(string name, int length)
    {
        ImageFile.Write(Folder.File(name), Pictures.WithProfile(33, 21, length));
        return Folder.File(name);
    }

    private PixelImage Composite(string picture, ResultBackground background)
    {
        using MattingModel model = MattingModel.Load(Model);
        ResultOptions options = new() { Kind = ResultKind.Composite, Background = background };
        return model.Predict(ImageFile.ReadRgb(picture), options, null, TestContext.Current.CancellationToken);
    }

    private CliRun Predict(params string[] rest)
    {
        CliRun run = CliRun.Of(["predict", "--model", Model, "--out", Out, .. rest]);
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        return run;
    }
}
