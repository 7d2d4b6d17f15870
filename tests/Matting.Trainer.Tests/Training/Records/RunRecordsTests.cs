using System.Text.Json.Nodes;
using Matting.Testing;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training.Records;

public sealed class RunRecordsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_environment_names_what_the_run_was_made_with_and_each_resumption()
    {
        TrainingRun.Run(TinyRuns.Recipe(_folder, "run", epochs: 1), new CollectingObserver(), Stop);
        TrainingRun.Resume(_folder.File("run"), ["epochs=2"], new CollectingObserver(), save: null, Stop);

        JsonObject json = JsonNode.Parse(File.ReadAllText(_folder.File("run", "environment.json")))!.AsObject();
        string[] keys = ["started", "command_line", "matting", "dotnet", "engine", "os", "device", "threads", "compute", "allocator"];
        Assert.All(keys, key => Assert.NotNull(json[key]));
        Assert.Equal(("cpu", 1), ((string)json["device"]!, (int)json["threads"]!));
        Assert.True(DateTimeOffset.Parse((string)json["started"]!, System.Globalization.CultureInfo.InvariantCulture) <= DateTimeOffset.Now);
        Assert.Equal("cpu", (string)Assert.Single(json["resumed"]!.AsArray())!["device"]!);
    }

    [Fact]
    public void The_event_log_has_a_line_for_each_step_and_epoch_with_the_figures_told()
    {
        CollectingObserver observer = new();
        TrainingRun.Run(TinyRuns.Recipe(_folder, "run"), observer, Stop);

        JsonObject[] lines = [.. File.ReadAllLines(_folder.File("run", "log.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())];

        Assert.Equal("step step step epoch step step step epoch", string.Join(' ', lines.Select(line => (string)line["kind"]!)));
        JsonObject[] steps = [.. lines.Where(line => (string)line["kind"]! == "step")];
        Assert.Equal(observer.Reports.Select(step => (step.RunStep, step.Step, step.Result.Loss, step.Lr)),
            steps.Select(line => ((long)line["step"]!, (int)line["epoch_step"]!, (double)line["loss"]!, (double)line["lr"]!)));
        Assert.Equal(observer.Epochs.Select(epoch => (epoch.ValMse, (string?)Path.GetFileName(epoch.SavedBest))),
            lines.Where(line => (string)line["kind"]! == "epoch").Select(line => ((double)line["val_mse"]!, (string?)line["saved"])));
    }
}
