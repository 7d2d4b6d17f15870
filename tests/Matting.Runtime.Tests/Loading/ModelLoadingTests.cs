using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Shared.Onnx;
using Matting.Testing;

namespace Matting.Runtime.Tests.Loading;

public sealed class ModelLoadingTests
{
    [Fact]
    public void A_model_with_a_card_needs_nothing_else()
    {
        using TempFolder folder = new();
        string path = folder.File("model.onnx");
        File.WriteAllBytes(path, MattingSmall.WithCard(12, 16, NormalisationProfile.Imagenet));
        using MattingModel model = MattingModel.Load(path);
        Assert.Equal(path, model.Name);
        Assert.Equal((12, 16), (model.Height, model.Width));
        Assert.Equal(NormalisationProfile.Imagenet, model.Profile);
        Assert.Equal(MattingSmall.Card(12, 16, NormalisationProfile.Imagenet), model.Card);
        Assert.Equal("CPUExecutionProvider", model.Provider);
        Assert.Equal("cpu", model.Device);
        Assert.Matches(@"^1\.\d+", model.RuntimeVersion);
    }

    [Fact]
    public void The_threads_are_the_cores_this_process_may_use_unless_told_otherwise()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(), "model");
        Assert.Equal(Environment.ProcessorCount, model.Threads);
        using MattingModel one = MattingModel.Load(MattingSmall.WithCard(), "model", new() { Threads = 1 });
        Assert.Equal(1, one.Threads);
    }

    [Fact]
    public void What_the_card_says_may_be_repeated()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(12, 16), "model", new() { Profile = "half", Height = 12, Width = 16 });
        Assert.Equal((12, 16), (model.Height, model.Width));
    }

    [Fact]
    public void A_model_of_open_size_takes_the_size_it_is_given()
    {
        using MattingModel own = MattingModel.Load(MattingSmall.WithCard(), "model");
        Assert.Null(own.Height);
        Assert.Null(own.Width);
        using MattingModel set = MattingModel.Load(MattingSmall.WithCard(), "model", new() { Height = 20, Width = 30 });
        Assert.Equal((20, 30), (set.Height, set.Width));
    }

    [Fact]
    public void A_foreign_model_runs_when_it_is_told_its_profile_and_size()
    {
        using MattingModel open = MattingModel.Load(MattingSmall.Foreign(), "foreign", new() { Profile = "unit", Height = 8, Width = 8 });
        Assert.Null(open.Card);
        Assert.Equal(NormalisationProfile.Unit, open.Profile);
        using MattingModel fixedSize = MattingModel.Load(MattingSmall.Foreign(1, 8, 8), "foreign", new() { Profile = "imagenet" });
        Assert.Equal((8, 8), (fixedSize.Height, fixedSize.Width));
    }

    [Fact]
    public void A_foreign_model_without_a_profile_is_refused_with_the_flag_that_helps()
    {
        MattingModelException refused = Refused(MattingSmall.Foreign(null, 8, 8));
        Assert.Equal(MattingModelError.Undescribed, refused.Reason);
        Assert.Contains("--profile imagenet|half|unit", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_model_of_open_size_without_a_size_is_refused_with_the_flag_that_helps()
    {
        MattingModelException refused = Refused(MattingSmall.Foreign(), new() { Profile = "half" });
        Assert.Equal(MattingModelError.Undescribed, refused.Reason);
        Assert.Contains("--size", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_contradicts_the_card_is_refused_naming_both()
    {
        MattingModelException refused = Refused(MattingSmall.WithCard(8, 8), new() { Profile = "imagenet" });
        Assert.Equal(MattingModelError.Contradiction, refused.Reason);
        Assert.Contains("half", refused.Message, StringComparison.Ordinal);
        Assert.Contains("imagenet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_contradicts_the_model_is_refused_naming_both()
    {
        MattingModelException refused = Refused(MattingSmall.WithCard(8, 16), new() { Height = 16, Width = 8 });
        Assert.Equal(MattingModelError.Contradiction, refused.Reason);
        Assert.Contains("8x16", refused.Message, StringComparison.Ordinal);
        Assert.Contains("16x8", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_whose_size_is_not_that_of_the_graph_is_refused()
    {
        byte[] model = MattingSmall.Graph(null, 8, 8, "alpha").Properties(MattingSmall.Card(16, 16).ToMetadata()).ToBytes();
        MattingModelException refused = Refused(model);
        Assert.Equal(MattingModelError.Invalid, refused.Reason);
        Assert.Contains("16x16", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_for_another_task_is_refused()
    {
        byte[] model = MattingSmall.Graph(null, 8, 8, "alpha")
            .Properties((MattingSmall.Card(8, 8) with { Task = "segmentation" }).ToMetadata()).ToBytes();
        MattingModelException refused = Refused(model);
        Assert.Equal(MattingModelError.Unsuitable, refused.Reason);
        Assert.Contains("segmentation", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_metadata_is_refused()
    {
        byte[] model = MattingSmall.Graph(null, 8, 8, "alpha").Property("matting.format", "1").Property("matting.size", "huge").ToBytes();
        Assert.Throws<OnnxFormatException>(() => MattingModel.Load(model, "model"));
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("CPU")]
    [InlineData("")]
    public void A_device_that_is_none_is_refused(string device) =>
        Assert.Throws<ArgumentException>(() => MattingModel.Load(MattingSmall.WithCard(), "model", new() { Device = device }));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MattingModel.Load(MattingSmall.WithCard(), "model", new() { Threads = 0 }));
        Assert.Throws<ArgumentException>(() => MattingModel.Load(MattingSmall.WithCard(), "model", new() { Height = 8 }));
        Assert.Throws<ArgumentException>(() => MattingModel.Load(MattingSmall.WithCard(), "model", new() { Height = 0, Width = 8 }));
        Assert.Throws<ArgumentException>(() => MattingModel.Load(MattingSmall.WithCard(), "model", new() { Profile = "sepia" }));
    }

    private static MattingModelException Refused(byte[] model, MattingModelOptions? options = null)
    {
        MattingModelException refused = Assert.Throws<MattingModelException>(() => MattingModel.Load(model, "some.onnx", options));
        Assert.StartsWith("some.onnx: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        return refused;
    }
}
