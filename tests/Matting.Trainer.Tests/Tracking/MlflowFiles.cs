using System.Globalization;
using YamlDotNet.Serialization;

namespace Matting.Trainer.Tests.Tracking;

/// <summary>Reads an MLflow file store by its documented layout, with no code of the writer.</summary>
internal static class MlflowFiles
{
    /// <summary>The folder of the only experiment of that name.</summary>
    public static string Experiment(string store, string name) => Directory.GetDirectories(store)
        .Where(folder => Path.GetFileName(folder) != ".trash")
        .Single(folder => (string?)Meta(folder)["name"] == name);

    /// <summary>The folders of the runs of an experiment, the oldest first.</summary>
    public static string[] Runs(string experiment) =>
        [.. Directory.GetDirectories(experiment).OrderBy(run => long.Parse((string)Meta(run)["start_time"]!, CultureInfo.InvariantCulture))];

    public static Dictionary<string, object?> Meta(string folder) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>>(File.ReadAllText(Path.Combine(folder, "meta.yaml")));

    /// <summary>The keys and values of params or tags.</summary>
    public static SortedDictionary<string, string> Values(string run, string kind) =>
        new(Directory.GetFiles(Path.Combine(run, kind)).ToDictionary(file => Path.GetFileName(file), File.ReadAllText), StringComparer.Ordinal);

    /// <summary>The lines of a metric: milliseconds, value, step.</summary>
    public static (long Time, double Value, long Step)[] Metric(string run, string key) =>
    [
        .. File.ReadAllText(Path.Combine(run, "metrics", key)).TrimEnd('\n').Split('\n').Select(line => line.Split(' '))
            .Select(parts => (long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture))),
    ];
}
