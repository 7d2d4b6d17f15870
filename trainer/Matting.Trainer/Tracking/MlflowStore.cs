using System.Globalization;

namespace Matting.Trainer.Tracking;

/// <summary>
/// A folder in which MLflow keeps experiments and runs (its file store, usually called <c>mlruns</c>):
/// <code>
/// EXPERIMENT/meta.yaml                       artifact_location, creation_time, experiment_id, last_update_time, lifecycle_stage, name
/// EXPERIMENT/RUN/meta.yaml                   see MlflowRun
/// EXPERIMENT/RUN/params/KEY                  the value
/// EXPERIMENT/RUN/metrics/KEY                 a line "milliseconds value step" for each value
/// EXPERIMENT/RUN/tags/KEY                    the value
/// EXPERIMENT/RUN/artifacts/                  files
/// </code>
/// </summary>
/// <remarks>The layout is that of MLflow's <c>mlflow/store/tracking/file_store.py</c>; <c>mlflow ui --backend-store-uri FOLDER</c> shows it.</remarks>
/// <param name="folder">The folder; made when it is missing.</param>
/// <param name="clock">Tells the times that are written down.</param>
internal sealed class MlflowStore(string folder, TimeProvider clock)
{
    private const string DefaultId = "0";
    private const string TrashFolder = ".trash";

    /// <summary>The folder of the experiment of that name, which is made where there is none.</summary>
    /// <exception cref="IOException">The folder is a file, or the disk refuses.</exception>
    public string Experiment(string name)
    {
        if (!Directory.Exists(folder))
            Create(DefaultId, "Default");
        Directory.CreateDirectory(Path.Combine(folder, TrashFolder));
        return Find(name) ?? Create(Random.Shared.NextInt64(100_000_000_000_000_000, 1_000_000_000_000_000_000).ToString(CultureInfo.InvariantCulture), name);
    }

    /// <summary>Milliseconds since 1970, as all times of MLflow.</summary>
    public long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A folder as an address.</summary>
    public static string UriOf(string path) => new Uri(Path.GetFullPath(path)).AbsoluteUri;

    private string? Find(string name) =>
        Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .FirstOrDefault(experiment => MlflowMeta.TryRead(experiment) is { } meta
                && meta.GetValueOrDefault("name") == name
                && meta.GetValueOrDefault("experiment_id") == Path.GetFileName(experiment)
                && meta.GetValueOrDefault("lifecycle_stage") == "active");

    private string Create(string id, string name)
    {
        string experiment = Path.Combine(folder, id);
        long now = Now();
        MlflowMeta.Write(experiment, new Dictionary<string, object?>
        {
            ["artifact_location"] = UriOf(experiment),
            ["creation_time"] = now,
            ["experiment_id"] = id,
            ["last_update_time"] = now,
            ["lifecycle_stage"] = "active",
            ["name"] = name,
        });
        return experiment;
    }
}
