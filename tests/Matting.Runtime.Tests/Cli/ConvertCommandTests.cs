using Matting.CommandLine;
using Matting.Runtime.Cli.Conversion;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Files;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Onnx.Parity;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

public sealed class ConvertCommandTests : CliTest
{
    private string Weights => Folder.File("weights.pth");

    private string Target => Folder.File("converted.onnx");

    [Fact]
    public void Weights_become_a_model_of_a_fixed_size_that_is_said_to_be_unverified()
    {
        WriteWeights();
        CliRun run = CliRun.Of("convert", Weights, "--network", "u2netp", "--size", "64x96", "--out", Target);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.StartsWith($"{Target}: u2netp, 64x96, profile imagenet, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("ran once: CPUExecutionProvider", run.Error, StringComparison.Ordinal);
        Assert.Contains("verified: none", run.Error, StringComparison.Ordinal);
        using MattingModel model = MattingModel.Load(Target);
        Assert.Equal((64, 96), (model.Height, model.Width));
        Assert.Equal(("u2netp", "matting", "imagenet"), (model.Card!.Network, model.Card.Task, model.Card.Profile.Name));
        Assert.Null(model.Card.Verified);
        Assert.Equal(FileHash.Sha256(Weights), model.Card.CheckpointSha256);
    }

    [Fact]
    public void A_model_of_any_size_and_another_profile_can_be_asked_for()
    {
        WriteWeights();
        Assert.Equal(ExitCodes.Done, CliRun.Of("convert", Weights, "--dynamic", "--profile", "half", "--out", Target).ExitCode);
        using MattingModel model = MattingModel.Load(Target);
        Assert.Null(model.Height);
        Assert.Equal("half", model.Profile.Name);
        Assert.Equal(ExitCodes.Done, CliRun.Of("predict", "--model", Target, "--out", Folder.File("out"), Picture("a.png", 50, 70)).ExitCode);
    }

    [Theory]
    [InlineData("--size", "64")]
    [InlineData("--dynamic", null)]
    public void A_model_in_half_precision_says_how_far_it_is_from_the_same_in_single(string option, string? value)
    {
        WriteWeights();
        string[] size = value is null ? [option] : [option, value];
        CliRun run = CliRun.Of(["convert", Weights, "--precision", "fp16", "--out", Target, .. size]);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains(", profile imagenet, fp16, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("differs from the same weights in fp32 by at most ", run.Error, StringComparison.Ordinal);
        using (MattingModel model = MattingModel.Load(Target))
        {
            Assert.Equal(ModelPrecision.Float16, model.Card!.Precision);
            Assert.InRange(model.Card.Rounding!.Maximum, 1e-7, ParityBound.Float16.Maximum);
            Assert.Null(model.Card.Verified);
        }

        CliRun predicted = CliRun.Of("predict", "--model", Target, "--out", Folder.File("out"), Picture("a.png", 50, 70));
        Assert.Equal(ExitCodes.Done, predicted.ExitCode);
        Assert.Contains(", profile imagenet, fp16; CPUExecutionProvider on cpu", predicted.Error, StringComparison.Ordinal);
        Assert.Contains("is in fp16, which ONNX Runtime computes in fp32 on the CPU", predicted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_in_half_precision_that_is_too_far_off_is_refused()
    {
        // U2NETP's last sum of two large numbers that almost cancel: half precision loses what is left of them
        StateDict state = [];
        foreach ((string name, WeightTensor tensor) in SampleNetwork.TrainedLike(NetworkCatalogue.Create("u2netp"), 1))
        {
            state.Add(name, name switch
            {
                "side1.bias" => WeightTensor.FromFloat32([3000.5f], 1),
                "side2.bias" => WeightTensor.FromFloat32([-3001.3f], 1),
                "outconv.weight" => WeightTensor.FromFloat32([1, 1, 0, 0, 0, 0], 1, 6, 1, 1),
                _ => tensor,
            });
        }
        PthFile.Write(Weights, state);
        CliRun.Of("convert", Weights, "--size", "32", "--precision", "fp16", "--out", Target).FailsWith(
            ExitCodes.Failed, Weights, "the model in fp16 differs from the one in fp32 by up to ", $"allowed is {ParityBound.Float16}; no model was written");
        Assert.False(File.Exists(Target));
        Assert.Equal(ExitCodes.Done, CliRun.Of("convert", Weights, "--size", "32", "--out", Target).ExitCode);
    }

    [Theory]
    [InlineData("fp32")]
    [InlineData("fp16")]
    public void A_device_that_is_not_there_is_an_error_and_no_other_is_taken(string precision)
    {
        WriteWeights();
        CliRun.Of("convert", Weights, "--size", "32", "--precision", precision, "--device", "cuda:63", "--out", Target).FailsWith(ExitCodes.Failed, "cuda:63");
        Assert.False(File.Exists(Target));
        CliRun.Of("convert", Weights, "--device", "gpu", "--out", Target).FailsWith(ExitCodes.Usage, "--device 'gpu'");
    }

    [Fact]
    public void Weights_beyond_half_precision_are_refused_by_name()
    {
        StateDict state = [];
        foreach ((string name, WeightTensor tensor) in NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 1))
            state.Add(name, name == "outconv.bias" ? WeightTensor.FromFloat32([-66000], 1) : tensor);
        PthFile.Write(Weights, state);
        CliRun.Of("convert", Weights, "--size", "32", "--precision", "fp16", "--out", Target).FailsWith(ExitCodes.Failed, "tensor 'outconv.bias' has the value -66000");
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void An_existing_model_is_an_error_unless_it_may_be_overwritten()
    {
        WriteWeights();
        File.WriteAllText(Target, "old");
        CliRun.Of("convert", Weights, "--size", "32", "--out", Target).FailsWith(ExitCodes.Failed, Target, "exists already");
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal(ExitCodes.Done, CliRun.Of("convert", Weights, "--size", "32", "--out", Target, "--overwrite").ExitCode);
        CliRun.Of("convert", Weights, "--size", "32", "--out", Folder.Path).FailsWith(ExitCodes.Failed, "is a folder");
    }

    [Fact]
    public void Weights_of_something_else_are_refused_with_the_names_that_are_missing()
    {
        PthFile.Write(Weights, new StateDict { { "conv.weight", WeightTensor.FromFloat32([1f], 1) } });
        CliRun run = CliRun.Of("convert", Weights, "--size", "32", "--out", Target);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("conv.weight", run.Error, StringComparison.Ordinal);
        Assert.Contains("stage1.rebnconvin.conv_s1.weight", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_file_that_holds_no_weights_is_refused()
    {
        CliRun.Of("convert", Folder.Text("weights.pth", "no weights"), "--size", "32", "--out", Target).FailsWith(ExitCodes.Failed, Weights);
        CliRun.Of("convert", Folder.File("none.pth"), "--size", "32", "--out", Target).FailsWith(ExitCodes.Failed, "none.pth");
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused()
    {
        StateDict state = [];
        foreach ((string name, WeightTensor tensor) in NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 1))
            state.Add(name, name == "outconv.bias" ? WeightTensor.FromFloat32([float.NaN], 1) : tensor);
        PthFile.Write(Weights, state);
        CliRun.Of("convert", Weights, "--size", "32", "--out", Target).FailsWith(ExitCodes.Failed, "outconv");
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_model_whose_trial_gives_no_alpha_is_refused()
    {
        byte[] linear = new TinyModel()
            .Input("image", TinyModel.Float, "N", 3, 8, 8).Output("alpha", TinyModel.Float, "N", 1, 8, 8)
            .Weights("w", [2f, 2f, 2f], 1, 3, 1, 1).Node("Conv", ["image", "w"], ["alpha"])
            .Properties(MattingSmall.Card(8, 8).ToMetadata()).ToBytes();
        WeightsConversion conversion = new() { Weights = "some.pth", Network = "u2netp", Profile = "half", Height = 8, Width = 8 };
        UserErrorException refused = Assert.Throws<UserErrorException>(() => conversion.RunOnce(linear, "model", TestContext.Current.CancellationToken));
        Assert.Contains("some.pth: the network gives values outside 0..1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_usage_is_refused()
    {
        WriteWeights();
        CliRun.Of("convert", Weights, "--size", "32", "--dynamic", "--out", Target).FailsWith(ExitCodes.Usage, "--size", "--dynamic");
        CliRun.Of("convert", Weights, "--network", "u2net", "--out", Target).FailsWith(ExitCodes.Usage, "u2net");
        CliRun.Of("convert", Weights, "--precision", "fp8", "--out", Target).FailsWith(ExitCodes.Usage, "--precision fp8: expected fp32 or fp16");
        CliRun.Of("convert", Weights, "--size", "32").FailsWith(ExitCodes.Usage, "--out");
    }

    private void WriteWeights() => PthFile.Write(Weights, NetworkInitialiser.Create(NetworkCatalogue.Create("u2netp"), 1));
}
