using Matting.Shared.Files;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Export;

namespace Matting.Trainer.Tests.Export;

public sealed class ModelExportTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _checkpoint;
    private readonly string _target;

    public ModelExportTests()
    {
        (_checkpoint, _target) = (_folder.File("weights.pth"), _folder.File("model.onnx"));
        PthFile.Write(_checkpoint, SampleNetwork.TrainedLike(NetworkCatalogue.Create("u2netp"), 3));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_verified_model_is_put_in_place_with_its_card()
    {
        TorchRunner runner = new(_checkpoint, error: 1e-6f);

        ExportReport report = Export(runner, 64, 96);

        ModelCard card = OnnxFile.Card(OnnxFile.Read(_target))!;
        Assert.Equal(report.Card, card);
        Assert.Equal(("u2netp", "matting", "half", 64, 96), (card.Network, card.Task, card.Profile.Name, card.Height, card.Width));
        Assert.Equal(FileHash.Sha256(_checkpoint), card.CheckpointSha256);
        Assert.Equal(0.25, card.Validation["mse"]);
        // one value of each run is off by 1e-6, within a float32 step of an alpha
        Assert.InRange(card.Verified!.Maximum, 0.9e-6, 1.1e-6);
        Assert.InRange(card.Verified.Mean, 1e-12, 1e-9);
        Assert.Equal([(1, 64, 96), (2, 64, 96)], runner.Runs);
        Assert.Null(OnnxFile.Card(runner.Opened!)!.Verified);
        Assert.Equal(new FileInfo(_target).Length, report.Bytes);
    }

    [Fact]
    public void A_dynamic_model_is_verified_at_several_sizes()
    {
        TorchRunner runner = new(_checkpoint, error: 0);

        ModelCard card = Export(runner, null, null).Card;

        Assert.Null(card.Height);
        Assert.Equal(3, runner.Runs.Select(run => (run.Height, run.Width)).Distinct().Count());
        Assert.Contains(runner.Runs, run => run.Height % 2 == 1 && run.Width % 2 == 1);
        Assert.Equal(new ModelVerification(0, 0), card.Verified);
    }

    [Theory]
    [InlineData(1.2e-4f)]
    [InlineData(-0.5f)]
    [InlineData(float.NaN)]
    public void A_model_that_computes_something_else_is_not_put_in_place(float error)
    {
        File.WriteAllText(_folder.File("before.onnx"), "an earlier model");

        ExportException e = Assert.Throws<ExportException>(() => Export(new TorchRunner(_checkpoint, error)));
        Assert.Throws<ExportException>(() => Export(new TorchRunner(_checkpoint, error), path: _folder.File("before.onnx")));

        if (float.IsFinite(error))
            Assert.Contains("a test's engine differ by up to", e.Message, StringComparison.Ordinal);
        Assert.Equal(["before.onnx", "weights.pth"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("an earlier model", File.ReadAllText(_folder.File("before.onnx")));
    }

    [Theory]
    [InlineData(0.03f, true)]
    [InlineData(0.06f, false)]
    [InlineData(float.NaN, false)]
    public void A_model_in_half_precision_has_a_bound_of_its_own(float error, bool isAllowed)
    {
        TorchRunner runner = new(_checkpoint, error);
        if (isAllowed)
        {
            ExportReport report = Export(runner, precision: ModelPrecision.Float16);
            Assert.Equal(ModelPrecision.Float16, OnnxFile.Card(OnnxFile.Read(_target))!.Precision);
            Assert.InRange(report.Card.Verified!.Maximum, 0.99 * error, 1.01 * error);
            return;
        }
        ExportException e = Assert.Throws<ExportException>(() => Export(runner, precision: ModelPrecision.Float16));
        if (float.IsFinite(error))
            Assert.Contains("allowed in fp16 is 5e-02 (mean 2e-03)", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_target));
    }

    [Fact]
    public void An_interrupted_export_leaves_what_was_there()
    {
        File.WriteAllText(_target, "an earlier model");
        using CancellationTokenSource interruption = new();
        interruption.Cancel();
        TorchRunner runner = new(_checkpoint, error: 0);

        Assert.Throws<OperationCanceledException>(() => ModelExport.Run(Source(), 64, 64, ModelPrecision.Float32, _target, runner, interruption.Token));

        Assert.Empty(runner.Runs);
        Assert.Equal("an earlier model", File.ReadAllText(_target));
    }

    [Fact]
    public void The_same_checkpoint_gives_the_same_file()
    {
        Export(new TorchRunner(_checkpoint, 0));
        byte[] first = File.ReadAllBytes(_target);
        Export(new TorchRunner(_checkpoint, 0));

        Assert.Equal(first, File.ReadAllBytes(_target));
    }

    private ExportReport Export(TorchRunner runner, int? height = 64, int? width = 64, string? path = null, ModelPrecision precision = ModelPrecision.Float32) =>
        ModelExport.Run(Source(), height, width, precision, path ?? _target, runner, TestContext.Current.CancellationToken);

    private ExportSource Source() => new()
    {
        Checkpoint = _checkpoint,
        Network = "u2netp",
        Profile = "half",
        Size = 64,
        Validation = new Dictionary<string, double> { ["mse"] = 0.25 },
    };
}
