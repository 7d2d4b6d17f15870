namespace Matting.Trainer.Data;

/// <summary>Finds the files that a CSV names.</summary>
/// <param name="csv">The CSV.</param>
/// <param name="root">The folder that is tried first, or null.</param>
internal sealed class SamplePaths(string csv, string? root)
{
    private readonly string _csvFolder = Path.GetDirectoryName(Path.GetFullPath(csv))!;

    /// <summary>The full path of an existing file; null when there is none.</summary>
    /// <param name="written">The path as written; backslashes separate folders too, since many such files come from Windows.</param>
    public string? Find(string written)
    {
        string path = written.Replace('\\', '/');
        if (root is not null && Existing(Path.GetFullPath(root), path) is { } below)
            return below;
        return Existing(_csvFolder, path);
    }

    // a rooted path stays as it is
    private static string? Existing(string folder, string path)
    {
        string candidate = Path.Combine(folder, path);
        return File.Exists(candidate) ? candidate : null;
    }
}
