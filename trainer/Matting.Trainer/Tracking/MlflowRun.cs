using System.Globalization;
using Matting.Shared.Files;

namespace Matting.Trainer.Tracking;

/// <summary>
/// A run in an MLflow file store. What says how it stands is whole at every moment; params and tags are small, many, and written again when
/// the run is gone on with, so they are not worth a flush to the disk each.
/// </summary>
internal sealed class MlflowRun
{
    // MLflow's mlflow.entities.SourceType
    private const int LocalSource = 4;

    // what MLflow itself accepts (mlflow/utils/validation.py)
    private const int LongestValue = 6000;
    private const int LongestTag = 5000;

    private readonly MlflowStore _store;
    private readonly string _name;
    private readonly long _started;

    private MlflowRun(MlflowStore store, string folder, string name, long started) =>
        (_store, Folder, _name, _started) = (store, folder, name, started);

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>Where its files go.</summary>
    public string Artifacts => Path.Combine(Folder, "artifacts");

    /// <summary>Begins a run.</summary>
    /// <param name="store">The store.</param>
    /// <param name="experiment">The folder of its experiment.</param>
    /// <param name="name">What people call it.</param>
    public static MlflowRun Create(MlflowStore store, string experiment, string name)
    {
        MlflowRun run = new(store, Path.Combine(experiment, Guid.NewGuid().ToString("N")), name, store.Now());
        foreach (string part in (string[])["params", "metrics", "tags", "artifacts"])
            Directory.CreateDirectory(Path.Combine(run.Folder, part));
        run.Set(MlflowStatus.Running);
        run.Tag("mlflow.runName", name);
        return run;
    }

    /// <summary>Goes on with a run; null when its folder is no longer there.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">The folder of the run.</param>
    public static MlflowRun? Continue(MlflowStore store, string folder)
    {
        if (MlflowMeta.TryRead(folder) is not { } meta || meta.GetValueOrDefault("run_id") != Path.GetFileName(folder))
            return null;
        bool known = long.TryParse(meta.GetValueOrDefault("start_time"), NumberStyles.None, CultureInfo.InvariantCulture, out long started);
        MlflowRun run = new(store, folder, meta.GetValueOrDefault("run_name", ""), known ? started : store.Now());
        run.Set(MlflowStatus.Running);
        return run;
    }

    /// <summary>Says how the run stands; all but <see cref="MlflowStatus.Running"/> end it.</summary>
    public void Set(MlflowStatus status) => MlflowMeta.Write(Folder, new Dictionary<string, object?>
    {
        ["artifact_uri"] = MlflowStore.UriOf(Artifacts),
        ["deleted_time"] = null,
        ["end_time"] = status == MlflowStatus.Running ? null : _store.Now(),
        ["entry_point_name"] = "",
        ["experiment_id"] = Path.GetFileName(Path.GetDirectoryName(Folder)),
        ["lifecycle_stage"] = "active",
        ["run_id"] = Path.GetFileName(Folder),
        ["run_name"] = _name,
        ["run_uuid"] = Path.GetFileName(Folder),
        ["source_name"] = "",
        ["source_type"] = LocalSource,
        ["source_version"] = "",
        ["start_time"] = _started,
        ["status"] = (int)status,
        ["tags"] = Array.Empty<object>(),
        ["user_id"] = Environment.UserName,
    });

    /// <summary>Notes a setting.</summary>
    public void Param(string key, string value) => File.WriteAllText(Path.Combine(Folder, "params", key), Cut(value, LongestValue));

    /// <summary>Notes something about the run.</summary>
    public void Tag(string key, string value) => File.WriteAllText(Path.Combine(Folder, "tags", key), Cut(value, LongestTag));

    /// <summary>Adds a value to a metric.</summary>
    /// <param name="key">The metric.</param>
    /// <param name="value">The value.</param>
    /// <param name="step">Where on the axis it stands.</param>
    public void Metric(string key, double value, long step) =>
        File.AppendAllText(Path.Combine(Folder, "metrics", key), string.Create(CultureInfo.InvariantCulture, $"{_store.Now()} {value:R} {step}\n"));

    /// <summary>Takes away what was noted of a metric from a step on, and a line that was never finished.</summary>
    /// <param name="key">The metric; it need not exist.</param>
    /// <param name="step">The first step to go.</param>
    public void ForgetMetric(string key, long step)
    {
        string path = Path.Combine(Folder, "metrics", key);
        if (!File.Exists(path))
            return;
        string text = File.ReadAllText(path);
        string[] lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        AtomicFile.WriteText(path, string.Concat(lines.Where(line => StepOf(line) < step).Select(line => line + "\n")));
    }

    private static long StepOf(string line) =>
        line.Split(' ') is [_, _, string step] && long.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : long.MaxValue;

    private static string Cut(string value, int longest) => value.Length <= longest ? value : value[..longest];
}
