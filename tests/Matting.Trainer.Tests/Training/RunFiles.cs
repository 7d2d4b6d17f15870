using System.Text.Json.Nodes;
using Matting.Shared.Weights;

namespace Matting.Trainer.Tests.Training;

/// <summary>Compares the files of two runs, but for times.</summary>
internal static class RunFiles
{
    private static readonly string[] Times =
        ["seconds", "samples_per_second", "data_wait_share", "peak_memory_mib", "epoch_seconds", "epoch_waited_seconds"];

    /// <summary>Every checkpoint and every picture has the same bytes, and the logs have the same figures.</summary>
    public static void AssertSame(string expected, string actual)
    {
        string[] names = [.. Checkpoints(expected), .. Pictures(expected)];
        Assert.Equal(names, (string[])[.. Checkpoints(actual), .. Pictures(actual)]);
        Assert.Contains("state.pth", names);
        foreach (string name in names)
            Assert.True(File.ReadAllBytes(Path.Combine(expected, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, name))), $"{name} differs");
        Assert.Equal(Rows(expected), Rows(actual));
        Assert.Equal(Events(expected), Events(actual));
    }

    /// <summary>Everything in a folder can be read to its end, whatever happened to the process that wrote it.</summary>
    public static void AssertWhole(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*.pth"))
            Assert.NotEmpty(WeightsFile.Load(file));
        string csv = Path.Combine(folder, "log.csv"), events = Path.Combine(folder, "log.jsonl");
        if (File.Exists(csv))
        {
            string text = File.ReadAllText(csv);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.Single(text.TrimEnd().Split('\n').Select(line => line.Split(',').Length).Distinct());
        }
        if (File.Exists(events))
            Assert.All(File.ReadAllLines(events), line => JsonNode.Parse(line));
    }

    /// <summary>The rows of log.csv without the columns of times.</summary>
    public static string[] Rows(string folder)
    {
        string[][] lines = [.. File.ReadAllLines(Path.Combine(folder, "log.csv")).Select(line => line.Split(','))];
        return [.. lines.Select(fields => string.Join(',', fields.Where((_, i) => !Times.Contains(lines[0][i]))))];
    }

    /// <summary>The lines of log.jsonl without the times.</summary>
    public static string[] Events(string folder) => [.. File.ReadAllLines(Path.Combine(folder, "log.jsonl")).Select(line =>
    {
        JsonObject json = JsonNode.Parse(line)!.AsObject();
        foreach (string time in Times)
            json.Remove(time);
        return json.ToJsonString();
    })];

    private static string[] Checkpoints(string folder) =>
        [.. Directory.GetFiles(folder, "*.pth").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string[] Pictures(string folder) => !Directory.Exists(Path.Combine(folder, "pictures")) ? [] :
        [.. Directory.GetFiles(Path.Combine(folder, "pictures")).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
