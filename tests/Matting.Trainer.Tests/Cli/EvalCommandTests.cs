using System.Globalization;
using System.Text.Json;
using Matting.CommandLine;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Tests.Data;
using Matting.Trainer.Tests.Training;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Cli;

/// <summary>eval as it is typed, in Torch and in the real ONNX Runtime.</summary>
public sealed class EvalCommandTests : IDisposable
{
    // both engines compute float32 in their own order: alphas agree within 1e-5, so mean squares of them do
    private const double Engines = 1e-5;

    private readonly TempFolder _folder = new();
    private readonly string _run;
    private readonly string _csv;

    public EvalCommandTests()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "run");
        RunFolder folder = RunFolder.Claim(recipe);
        PthFile.Write(folder.BestPath, SampleNetwork.TrainedLike(NetworkCatalogue.Create("u2netp"), 3));
        (_run, _csv) = (folder.Folder, recipe.Data.Val!);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_and_its_export_have_the_same_errors_in_every_variant()
    {
        string model = _folder.File("model.onnx");
        Assert.Equal(ExitCodes.Done, TrainerRun.Of("export", _run, "--out", model, "--size", "40").ExitCode);

        JsonElement torch = Evaluated("torch.json", _run, "--tta", "both", "--post", "all", "--threads", "1");
        JsonElement onnx = Evaluated("onnx.json", model, "--tta", "both", "--post", "all", "--threads", "1", "--batch", "2");

        Assert.Equal("none none, none components, none calibrate, flip none, flip components, flip calibrate", string.Join(", ", torch.GetProperty("variants")
            .EnumerateArray().Select(variant => $"{variant.GetProperty("tta").GetString()} {variant.GetProperty("post").GetString()}")));
        Assert.Equal((40, 40, 3), (onnx.GetProperty("height").GetInt32(), onnx.GetProperty("width").GetInt32(), onnx.GetProperty("measured").GetInt32()));
        Assert.Contains("ONNX Runtime", onnx.GetProperty("engine").GetString(), StringComparison.Ordinal);
        for (int i = 0; i < 6; i++)
            Assert.Equal(Mean(torch, i, "mse"), Mean(onnx, i, "mse"), Engines);
        Assert.NotEqual(Mean(torch, 0, "mse"), Mean(torch, 3, "mse"));
        Assert.NotEqual(Mean(torch, 0, "mse"), Mean(torch, 2, "mse"));
    }

    [Fact]
    public void The_table_the_csv_and_the_sheet_say_the_same()
    {
        string csv = _folder.File("errors.csv"), sheet = _folder.File("sheet.png");

        TrainerRun run = TrainerRun.Of("eval", "--csv", _csv, _run, "--out", csv, "--sheet", sheet, "--worst", "1", "--best", "1", "--cell", "64", "--threads", "1");

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        string[] mean = File.ReadAllLines(csv).Single(line => line.StartsWith(",mean,", StringComparison.Ordinal)).Split(',');
        string shown = double.Parse(mean[7], CultureInfo.InvariantCulture).ToString("0.000000", CultureInfo.InvariantCulture);
        Assert.Matches($@"(?m)^none +none +{shown.Replace(".", @"\.", StringComparison.Ordinal)} ", run.Output);
        Assert.Contains("network at 40x40, alphas compared there", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, run.Output.Split('\n').Count(line => line.StartsWith("  ", StringComparison.Ordinal) && line.TrimEnd().EndsWith(".png", StringComparison.Ordinal)));
        Assert.Contains($"{sheet}: 2 of 3 pictures", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, ImageFile.ReadRgb(sheet).Channels);
    }

    [Fact]
    public void Native_compares_at_each_picture_s_own_size()
    {
        JsonElement native = Evaluated("native.json", _run, "--native", "--size", "32x48", "--limit", "2", "--threads", "1");
        Assert.Equal((32, 48, 2), (native.GetProperty("height").GetInt32(), native.GetProperty("width").GetInt32(), native.GetProperty("pictures").GetArrayLength()));
        Assert.All(native.GetProperty("pictures").EnumerateArray(), picture => Assert.Equal((48, 36), (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32())));
    }

    [Fact]
    public void Pictures_that_fail_are_named_and_the_rest_is_measured()
    {
        File.WriteAllText(_folder.File("val1.png"), "no picture");
        TrainerRun some = TrainerRun.Of("eval", "--csv", _csv, _run, "--out", _folder.File("errors.csv"), "--threads", "1");
        Assert.Equal(ExitCodes.PartFailed, some.ExitCode);
        Assert.Contains("val1.png", Assert.Single(some.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("3 of ", some.Output, StringComparison.Ordinal);
        Assert.Contains("1 failed", some.Output, StringComparison.Ordinal);

        File.WriteAllText(_folder.File("val0.png"), "");
        TrainerRun none = TrainerRun.Of("eval", "--csv", _csv, _run, "--limit", "2", "--threads", "1");
        Assert.Equal((ExitCodes.Failed, ""), (none.ExitCode, none.Output));
        Assert.Contains("none of the pictures could be measured", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_model_must_be_described_and_then_runs()
    {
        string foreign = _folder.File("foreign.onnx");
        ModelProto model = OnnxExporter.Build(NetworkCatalogue.Create("u2netp"), SampleNetwork.TrainedLike(NetworkCatalogue.Create("u2netp"), 3), new OnnxExportOptions());
        model.MetadataProps.Clear();
        OnnxFile.Write(foreign, model);

        Eval(foreign).AssertRefused(ExitCodes.Failed, "foreign.onnx", "--profile");
        Eval(foreign, "--profile", "half").AssertRefused(ExitCodes.Failed, "foreign.onnx", "--size");
        TrainerRun run = Eval(foreign, "--profile", "half", "--size", "40", "--threads", "1");
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("foreign model, profile half", run.Output, StringComparison.Ordinal);
        Eval(foreign, "--profile", "half", "--size", "40", "--precision", "fp32").AssertRefused(ExitCodes.Usage, "--precision");
    }

    [Fact]
    public void What_makes_no_sense_is_refused_before_anything_runs()
    {
        TrainerRun.Of("eval", _run).AssertRefused(ExitCodes.Usage, "--csv");
        Eval(_folder.File("none.pth")).AssertRefused(ExitCodes.Failed, "none.pth", "no such run or file");
        Eval(_folder.File("none.onnx")).AssertRefused(ExitCodes.Failed, "none.onnx", "no such file");
        Eval(_run, "--out", "errors.txt").AssertRefused(ExitCodes.Usage, "--out errors.txt", ".csv or .json");
        Eval(_run, "--out", _csv).AssertRefused(ExitCodes.Failed, _csv, "--overwrite");
        Eval(_run, "--sheet", "sheet.gif").AssertRefused(ExitCodes.Usage, "--sheet sheet.gif");
        Eval(_run, "--sheet", "sheet.png", "--worst", "0", "--best", "0").AssertRefused(ExitCodes.Usage, "--worst and --best");
        Eval(_run, "--worst", "3").AssertRefused(ExitCodes.Usage, "--worst", "--sheet");
        Eval(_run, "--post", "calibrate", "--dilation", "9").AssertRefused(ExitCodes.Usage, "--dilation", "--post components");
        Eval(_run, "--gamma", "2").AssertRefused(ExitCodes.Usage, "--gamma", "--post calibrate");
        Eval(_run, "--post", "components", "--dilation", "8").AssertRefused(ExitCodes.Usage, "odd");
        Eval(_run, "--post", "sharpen").AssertRefused(ExitCodes.Usage, "--post sharpen", "calibrate");
        TrainerRun.Of("eval", "--csv", _csv, "--flip").AssertRefused(ExitCodes.Usage, "unknown option --flip");
        Eval(_run, "--limit", "0").AssertRefused(ExitCodes.Usage, "--limit 0");
        Eval(_run, "--tta", "spin").AssertRefused(ExitCodes.Usage, "--tta spin", "both");
        Eval(_run, "--output", "d3").AssertRefused(ExitCodes.Usage, "--output");
        Eval(_run, "--profile", "unit").AssertRefused(ExitCodes.Failed, "contradicts the run's recipe");
        SampleFiles.WriteCsv(_folder, "gone.csv", "image_path,alpha_path", "gone.png,gone_alpha.png");
        TrainerRun.Of("eval", "--csv", _folder.File("gone.csv"), _run).AssertRefused(ExitCodes.Failed, "gone.csv row 2");
    }

    [Fact]
    public void An_interrupted_evaluation_writes_nothing()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        TrainerRun run = TrainerRun.Interruptible(stop.Token, "eval", "--csv", _csv, _run, "--out", _folder.File("errors.csv"), "--threads", "1");
        Assert.Equal((ExitCodes.Interrupted, ""), (run.ExitCode, run.Output));
        Assert.False(File.Exists(_folder.File("errors.csv")));
    }

    private TrainerRun Eval(string model, params string[] options) => TrainerRun.Of(["eval", "--csv", _csv, model, .. options]);

    private JsonElement Evaluated(string file, string model, params string[] options)
    {
        TrainerRun run = Eval(model, ["--out", _folder.File(file), .. options]);
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_folder.File(file)));
        return document.RootElement.Clone();
    }

    private static double Mean(JsonElement report, int variant, string error) =>
        report.GetProperty("variants")[variant].GetProperty("mean").GetProperty(error).GetDouble();
}
