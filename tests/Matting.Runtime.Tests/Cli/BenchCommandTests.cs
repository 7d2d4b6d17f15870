using System.Diagnostics;
using System.Text.Json;
using Matting.CommandLine;
using Matting.Runtime.Tests.TinyModels;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

public sealed class BenchCommandTests : CliTest
{
    private static readonly string[] Quick = ["--seconds", "0.01", "--runs", "3"];

    [Fact]
    public void Every_combination_has_its_rows()
    {
        JsonElement report = Json(Model, "--batch", "1,2,1", "--threads", "1,2", "--post", "components", "--kind", "cutout");
        Assert.Equal("matting.bench/1", report.GetProperty("schema").GetString());
        Assert.False(report.GetProperty("interrupted").GetBoolean());
        Assert.Equal("small", report.GetProperty("network").GetString());
        string[] expected =
        [
            .. from threads in (int[])[1, 2] from tta in (string[])["none", "flip"] from batch in (int[])[1, 2] select $"cpu {threads} 16x16 {tta} {batch}",
        ];
        JsonElement[] runs = [.. report.GetProperty("networkRuns").EnumerateArray()];
        Assert.Equal(expected, runs.Select(row => $"{Place(row)} {row.GetProperty("batch").GetInt32()}"));
        Assert.All(runs, row => AssertTimes(row.GetProperty("times")));
        Assert.All(runs, row => Assert.True(row.GetProperty("picturesPerSecond").GetDouble() > 0));
        JsonElement[] pipelines = [.. report.GetProperty("pipelines").EnumerateArray()];
        Assert.Equal(expected.Where(row => row.EndsWith('1')), pipelines.Select(row => $"{Place(row)} {row.GetProperty("batch").GetInt32()}"));
        Assert.All(pipelines, row => Assert.True(row.GetProperty("ratio").GetDouble() > 0 && row.GetProperty("pictures").GetInt32() >= 3));
        string[] stages = ["decode", "resize", "normalise", "network", "post-process components", "result", "encode"];
        string[] withMerge = [.. stages[..4], "merge", .. stages[4..]];
        JsonElement[] rows = [.. report.GetProperty("stages").EnumerateArray()];
        Assert.Equal(
            [.. stages.Select(stage => $"cpu 1 16x16 none {stage}"), .. withMerge.Select(stage => $"cpu 1 16x16 flip {stage}")],
            rows.Select(row => $"{Place(row)} {row.GetProperty("stage").GetString()}"));
        Assert.All(rows, row => AssertTimes(row.GetProperty("times")));
        Assert.Equal(2.0, rows.Sum(row => row.GetProperty("share").GetDouble()), 9);
    }

    [Fact]
    public void Text_says_what_was_measured_and_on_what()
    {
        CliRun run = CliRun.Of(["bench", Model, "--batch", "1", "--tta", "none", "--images", Path.GetDirectoryName(Picture("in/a.png"))!, .. Quick]);
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        Assert.Contains("loaded in ", run.Error, StringComparison.Ordinal);
        Assert.Contains("model.onnx: small, profile half, fp32\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime 1.", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"CPUExecutionProvider on cpu, \d+ threads?, 16x16: loaded in [\d.]+ m?s, first run [\d.]+ m?s\n", run.Output);
        Assert.Matches(@"\ncpu +\d+ +16x16 +none +1( +[\d.]+ m?s){3}( +[\d.]+){2} +\d", run.Output);
        Assert.Matches(@"\ncpu +\d+ +16x16 +none +encode( +[\d.]+ m?s){3} +[\d.]+ %", run.Output);
        Assert.Contains("pictures: 1 of ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("interrupted", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_open_size_run_at_every_size()
    {
        string[] sizes = [.. Json(OpenModel, "--size", "32,16x48", "--batch", "1", "--tta", "none").GetProperty("networkRuns").EnumerateArray().Select(Place)];
        Assert.Equal(2, sizes.Length);
        Assert.EndsWith(" 32x32 none", sizes[0], StringComparison.Ordinal);
        Assert.EndsWith(" 16x48 none", sizes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_models_run_once_they_are_described()
    {
        string foreign = Folder.File("foreign.onnx");
        File.WriteAllBytes(foreign, MattingSmall.Foreign());
        CliRun.Of("bench", foreign).FailsWith(ExitCodes.Failed, foreign, "--profile");
        JsonElement report = Json(foreign, "--profile", "unit", "--size", "32", "--batch", "1");
        Assert.Equal(JsonValueKind.Null, report.GetProperty("network").ValueKind);
        Assert.Equal(2, report.GetProperty("networkRuns").GetArrayLength());
    }

    [Theory]
    [InlineData("--batch", "1,x", "1 to 1024")]
    [InlineData("--batch", "0", "1 to 1024")]
    [InlineData("--batch", "1,", "separated by commas")]
    [InlineData("--threads", "1,1025", "1 to 1024")]
    [InlineData("--size", "512,big", "512x768")]
    [InlineData("--tta", "none,rotate", "none and flip")]
    [InlineData("--device", "cpu,gpu", "cpu")]
    [InlineData("--seconds", "0", "0.01")]
    [InlineData("--runs", "0", "1 to")]
    [InlineData("--post", "sharpen", "components")]
    public void Values_out_of_range_are_errors_of_usage(string option, string value, string expected) =>
        CliRun.Of("bench", Model, option, value).FailsWith(ExitCodes.Usage, option, value, expected);

    [Fact]
    public void What_cannot_be_measured_is_an_error()
    {
        CliRun.Of("bench").FailsWith(ExitCodes.Usage, "MODEL");
        CliRun.Of("bench", "--bacth").FailsWith(ExitCodes.Usage, "--bacth");
        CliRun.Of("bench", Folder.File("none.onnx")).FailsWith(ExitCodes.Failed, "none.onnx");
        CliRun.Of("bench", Model, "--size", "32").FailsWith(ExitCodes.Failed, Model, "16x16", "32x32");
        CliRun.Of("bench", Model, "--device", "cuda:63").FailsWith(ExitCodes.Failed, "cuda:63");
        CliRun.Of("bench", Model, "--images", Folder.File("none")).FailsWith(ExitCodes.Failed, "none");
        CliRun.Of("bench", Folder.Text("text.onnx", "text")).FailsWith(ExitCodes.Failed, "text.onnx");
        CliRun.Of("bench", OpenModel, "--size", "65535", "--batch", "4").FailsWith(ExitCodes.Usage, "--batch");
    }

    [Fact]
    public void An_interrupted_run_says_so()
    {
        CliRun run = CliRun.Of(new CancellationToken(canceled: true), "bench", Model);
        Assert.Equal((ExitCodes.Interrupted, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Ctrl_C_prints_what_has_been_measured()
    {
        Signals.SkipUnlessTaken("INT");
        string program = Path.Combine(PublishedFolderTests.Folders.First().Data, "matting");
        ProcessStartInfo start = new(program, ["bench", Model, "--seconds", "3600", "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string? loaded = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("loaded in", loaded, StringComparison.Ordinal);
        Signals.Send(process, "INT");
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((ExitCodes.Interrupted, "matting: interrupted\n"), (process.ExitCode, error));
        Assert.True(JsonDocument.Parse(output).RootElement.GetProperty("interrupted").GetBoolean());
    }

    // small pictures: the one that is made has the size of a photograph
    private JsonElement Json(string model, params string[] options)
    {
        string folder = Path.GetDirectoryName(Picture("in/a.png"))!;
        CliRun run = CliRun.Of(["bench", model, "--json", "--images", folder, .. Quick, .. options]);
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static string Place(JsonElement row)
    {
        JsonElement session = row.GetProperty("session");
        return $"{session.GetProperty("device").GetString()} {session.GetProperty("threads").GetInt32()} "
            + $"{session.GetProperty("height").GetInt32()}x{session.GetProperty("width").GetInt32()} {row.GetProperty("tta").GetString()}";
    }

    private static void AssertTimes(JsonElement times)
    {
        double min = times.GetProperty("minMs").GetDouble(), median = times.GetProperty("medianMs").GetDouble();
        Assert.True(min >= 0 && min <= median && median <= times.GetProperty("p95Ms").GetDouble(), $"{times}");
        Assert.True(times.GetProperty("runs").GetInt32() >= 3, $"{times}");
    }
}
