using Matting.Shared.Files;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tracking;

/// <summary>Copies the files of a run to where MLflow looks for them, those that are new or have changed.</summary>
/// <param name="run">The run.</param>
/// <param name="target">The folder of the copies.</param>
internal sealed class MlflowArtifacts(RunFolder run, string target)
{
    /// <summary>Brings the copies up to date.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Update()
    {
        foreach ((string source, string name) in Files().Where(file => File.Exists(file.Source)))
            Copy(new FileInfo(source), Path.Combine(target, name));
    }

    private IEnumerable<(string Source, string Name)> Files()
    {
        yield return (run.RecipePath, "recipe.yaml");
        yield return (run.LogPath, "log.csv");
        yield return (run.EventsPath, "log.jsonl");
        yield return (run.EnvironmentPath, "environment.json");
        yield return (run.BestPath, Path.Combine("checkpoints", Path.GetFileName(run.BestPath)));
        yield return (run.BestEmaPath, Path.Combine("checkpoints", Path.GetFileName(run.BestEmaPath)));
        foreach (string picture in Directory.Exists(run.PicturesPath) ? Directory.EnumerateFiles(run.PicturesPath) : [])
        {
            // a name with a dot in front is a file that is still being written
            if (Path.GetFileName(picture)[0] != '.')
                yield return (picture, Path.Combine("pictures", Path.GetFileName(picture)));
        }
    }

    private static void Copy(FileInfo source, string copy)
    {
        FileInfo there = new(copy);
        if (there.Exists && there.Length == source.Length && there.LastWriteTimeUtc == source.LastWriteTimeUtc)
            return;
        AtomicFile.Write(copy, stream =>
        {
            using FileStream content = source.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            content.CopyTo(stream);
        });
        File.SetLastWriteTimeUtc(copy, source.LastWriteTimeUtc);
    }
}
