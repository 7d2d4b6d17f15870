using Matting.CommandLine;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Cli;

public sealed class ForeignModelTests : CliTest
{
    private readonly string _u2net;
    private readonly string _logits;

    public ForeignModelTests()
    {
        _u2net = Write("u2net.onnx", ForeignGraph.U2Net(Side));
        _logits = Write("birefnet.onnx", new ForeignGraph { Input = "input_image", Outputs = ["output_image"], Logits = true, Shape = [1, 3, 32, 32] });
    }

    [Fact]
    public void A_preset_is_all_that_an_export_of_another_remover_needs()
    {
        CliRun run = CliRun.Of("predict", "--model", _u2net, "--preset", "u2net", "--out", Folder.File("out"), Picture("a.png"));
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("foreign model, 16x16, profile imagenet, output 1959; ", run.Error, StringComparison.Ordinal);
        Assert.Equal((20, 12), Size(Folder.File("out/a.png")));
    }

    [Fact]
    public void Logits_go_through_the_sigmoid_of_the_preset_or_of_the_option()
    {
        string picture = Picture("a.png");
        CliRun preset = CliRun.Of("predict", "--model", _logits, "--preset", "birefnet", "--out", Folder.File("preset"), picture);
        CliRun option = CliRun.Of("predict", "--model", _logits, "--profile", "imagenet", "--normalise-output", "sigmoid", "--out", Folder.File("option"), picture);
        Assert.Equal((ExitCodes.Done, ExitCodes.Done), (preset.ExitCode, option.ExitCode));
        Assert.Contains("output output_image through sigmoid", preset.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Folder.File("preset/a.png")), File.ReadAllBytes(Folder.File("option/a.png")));
    }

    [Fact]
    public void Logits_of_which_nobody_has_said_so_end_the_run_with_the_flag_that_helps() =>
        CliRun.Of("predict", "--model", _logits, "--profile", "imagenet", "--out", Folder.File("out"), Picture("a.png")).FailsWith(ExitCodes.Failed, "--normalise-output sigmoid");

    [Fact]
    public void Without_a_description_the_flags_that_help_are_named()
    {
        CliRun.Of("predict", "--model", _u2net, "--out", Folder.File("out"), Picture("a.png")).FailsWith(ExitCodes.Failed, "7 outputs", "1959", "--output", "--preset");
        CliRun.Of("predict", "--model", _logits, "--out", Folder.File("out"), Picture("a.png")).FailsWith(ExitCodes.Failed, "--profile imagenet|half|unit|isnet", "--preset u2net|");
    }

    [Fact]
    public void A_slip_in_a_preset_is_an_error_of_usage() =>
        CliRun.Of("predict", "--model", _u2net, "--preset", "u3net", "--out", Folder.File("out"), Picture("a.png")).FailsWith(ExitCodes.Usage, "--preset u3net", "u2net or u2netp");

    [Fact]
    public void A_preset_serves_submissions_and_comparisons_too()
    {
        Picture("pictures/a.png");
        CliRun submit = CliRun.Of("submit", "--model", _u2net, "--preset", "u2net", "--images", Folder.File("pictures"), "--out", Folder.File("s.csv"));
        Assert.Equal(ExitCodes.Done, submit.ExitCode);
        CliRun compare = CliRun.Of("compare", _u2net, _u2net, "--preset", "u2net", "--images", Folder.File("pictures"));
        Assert.True(compare.ExitCode == ExitCodes.Done, compare.Error);
    }

    [Fact]
    public void The_presets_are_listed_with_their_sources()
    {
        CliRun run = CliRun.Of("presets");
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        foreach (ModelPreset preset in ModelPreset.Known)
        {
            Assert.Contains($"\n{preset.Name} ", run.Output, StringComparison.Ordinal);
            Assert.Contains(preset.Source, run.Output, StringComparison.Ordinal);
        }
        Assert.Contains("birefnet     imagenet  1024x1024         last    sigmoid", run.Output, StringComparison.Ordinal);
    }

    private string Write(string name, ForeignGraph graph)
    {
        File.WriteAllBytes(Folder.File(name), graph.ToBytes());
        return Folder.File(name);
    }

    private static (int Width, int Height) Size(string file)
    {
        PixelImage picture = ImageFile.ReadGrey(file);
        return (picture.Width, picture.Height);
    }
}
