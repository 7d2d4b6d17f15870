using Matting.CommandLine;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

/// <summary>The golden post-processes from end to end: a network that predicts a case's alpha, whatever it sees, and the rows of a submission.</summary>
public sealed class SubmitGoldenTests : CliTest
{
    public static TheoryData<string> Components => Golden.Ids("post", "component_postprocess");

    public static TheoryData<string> Calibrations => Golden.Ids("post", "calibration_postprocess");

    [Theory]
    [MemberData(nameof(Components))]
    public void Components_give_the_golden_mask(string id) => AssertMask(id, "components");

    [Theory]
    [MemberData(nameof(Calibrations))]
    public void Calibration_gives_the_golden_mask(string id) => AssertMask(id, "calibrate");

    private void AssertMask(string id, string post)
    {
        GoldenCase golden = Golden.Case(id);
        Npy alpha = golden.Input("pred");
        (int height, int width) = ((int)alpha.Shape[0], (int)alpha.Shape[1]);
        string model = Folder.File("golden.onnx");
        File.WriteAllBytes(model, Predicting(alpha.Floats, height, width));
        Picture("images/0001.png", width, height);

        CliRun run = CliRun.Of("submit", "--model", model, "--images", Folder.File("images"), "--out", Folder.File("s.csv"), "--tta", "none", "--post", post);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        PixelImage mask = ImageFile.ReadGrey(Convert.FromBase64String(File.ReadAllLines(Folder.File("s.csv"))[1].Split(',')[1]), "row");
        Assert.Equal((width, height), (mask.Width, mask.Height));
        double tolerance = golden.ToleranceOf("mask").Absolute;
        Assert.All(golden.Output("mask").Bytes.Zip(mask.Pixels), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance));
    }

    /// <summary>0 times the picture plus the alpha.</summary>
    private static byte[] Predicting(float[] alpha, int height, int width) => new TinyModel()
        .Input("image", TinyModel.Float, "N", 3, height, width)
        .Output("alpha", TinyModel.Float, "N", 1, height, width)
        .Weights("nothing", [0, 0, 0], 1, 3, 1, 1)
        .Weights("golden", alpha, 1, 1, height, width)
        .Node("Conv", ["image", "nothing"], ["zero"], ("kernel_shape", new long[] { 1, 1 }))
        .Node("Add", ["zero", "golden"], ["alpha"])
        .Properties(MattingSmall.Card(height, width).ToMetadata())
        .ToBytes();
}
