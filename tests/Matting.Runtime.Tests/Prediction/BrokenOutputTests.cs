using Matting.CommandLine;
using Matting.Runtime.Tests.Cli;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

/// <summary>A network that gives NaN or infinity for black pictures and 1 for others.</summary>
public sealed class BrokenOutputTests
{
    private const int Side = 8;

    private static readonly MattingModelOptions Unit = new() { Profile = "unit" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Div")]
    [InlineData("Reciprocal")]
    public void No_alpha_is_made_of_what_is_no_number(string operation)
    {
        using MattingModel model = MattingModel.Load(Broken(operation), "broken.onnx", Unit);
        foreach (TestTimeAugmentation tta in (TestTimeAugmentation[])[TestTimeAugmentation.None, TestTimeAugmentation.Flip])
        {
            MattingModelException refused = Assert.Throws<MattingModelException>(() => model.Predict(new PixelImage(5, 4, 3), new PredictOptions { Tta = tta }, Cancellation));
            Assert.Equal(MattingModelError.BadOutput, refused.Reason);
            Assert.StartsWith("broken.onnx: gave values that are no numbers", refused.Message, StringComparison.Ordinal);
            Assert.All(model.Predict(White(5, 4), new PredictOptions { Tta = tta }, Cancellation).Pixels, level => Assert.Equal(255, level));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(OutputNormalisation.None)]
    [InlineData(OutputNormalisation.MinMax)]
    public void No_normalisation_hides_it(OutputNormalisation? normalisation)
    {
        using MattingModel model = MattingModel.Load(Broken("Div"), "broken.onnx", Unit with { OutputNormalisation = normalisation });
        MattingModelException refused = Assert.Throws<MattingModelException>(() => model.Predict(new PixelImage(5, 4, 3), (PredictOptions?)null, Cancellation));
        Assert.Equal(MattingModelError.BadOutput, refused.Reason);
    }

    [Fact]
    public void The_bare_run_shows_them_as_they_are()
    {
        using MattingModel model = MattingModel.Load(Broken("Div"), "broken.onnx", Unit);
        float[] alpha = new float[Side * Side];
        model.Run(new float[3 * Side * Side], 1, Side, Side, alpha, Cancellation);
        Assert.All(alpha, value => Assert.Equal(float.NaN, value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_many_files_only_the_picture_itself_fails(int batch)
    {
        using TempFolder folder = new();
        string[] files = [folder.File("a.png"), folder.File("black.png"), folder.File("c.png")];
        ImageFile.Write(files[0], White(5, 4));
        ImageFile.Write(files[1], new PixelImage(5, 4, 3));
        ImageFile.Write(files[2], White(3, 9));
        using MattingModel model = MattingModel.Load(Broken("Div"), "broken.onnx", Unit);
        PictureOutcome<int>[] outcomes =
            [.. model.PredictFiles(files, (_, alpha) => (int)alpha.ToPictureSize().Pixels[0], new PredictOptions { Batch = batch }, Cancellation)];
        Assert.Equal([255, 0, 255], outcomes.Select(outcome => outcome.Result));
        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.Failure is null));
        Assert.Equal(MattingModelError.BadOutput, Assert.IsType<MattingModelException>(outcomes[1].Failure).Reason);
    }

    [Fact]
    public void The_command_names_the_picture_and_goes_on()
    {
        using TempFolder folder = new();
        string model = folder.File("broken.onnx");
        File.WriteAllBytes(model, Broken("Div"));
        ImageFile.Write(folder.File("in", "black.png"), new PixelImage(5, 4, 3));
        ImageFile.Write(folder.File("in", "white.png"), White(5, 4));
        CliRun run = CliRun.Of("predict", "--model", model, "--profile", "unit", "--out", folder.File("out"), folder.File("in"));
        Assert.Equal(ExitCodes.PartFailed, run.ExitCode);
        Assert.Contains($"{folder.File("in", "black.png")}: {model}: gave values that are no numbers", run.Error, StringComparison.Ordinal);
        Assert.Equal([folder.File("out", "white.png")], Directory.GetFiles(folder.File("out")));
    }

    internal static byte[] Broken(string operation)
    {
        TinyModel model = new TinyModel()
            .Input("image", TinyModel.Float, 1, 3, Side, Side).Output("alpha", TinyModel.Float, 1, 1, Side, Side)
            .Weights("red", [1f, 0f, 0f], 1, 3, 1, 1).Node("Conv", ["image", "red"], ["value"]);
        return (operation == "Div" ? model.Node("Div", ["value", "value"], ["alpha"]) : model.Node("Reciprocal", ["value"], ["alpha"])).ToBytes();
    }

    internal static PixelImage White(int width, int height)
    {
        PixelImage white = new(width, height, 3);
        Array.Fill(white.Pixels, byte.MaxValue);
        return white;
    }
}
