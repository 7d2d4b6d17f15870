using Matting.CommandLine;

namespace Matting.Runtime.Cli.Batches;

/// <summary>The pictures that a command line names: files as they are, folders as the picture files in them, patterns as the picture files that fit.</summary>
/// <param name="Sources">Pictures in order, none twice.</param>
/// <param name="LeftOut">Files of folders that are no pictures.</param>
internal sealed record PictureList(IReadOnlyList<PictureSource> Sources, IReadOnlyList<string> LeftOut)
{
    /// <summary>The paths of the pictures.</summary>
    public IReadOnlyList<string> Pictures { get; } = [.. Sources.Select(source => source.Path)];

    /// <summary>Lists one folder by name (ordinal), without subfolders and hidden files.</summary>
    /// <exception cref="UserErrorException">The folder has no pictures.</exception>
    public static PictureList OfFolder(string folder) => Of([folder], null, subfolders: false);

    /// <summary>Lists files, folders with their subfolders, and patterns, in the order given; within a folder by name (ordinal), without hidden files.</summary>
    /// <param name="paths">What the command line names. What exists is never taken for a pattern.</param>
    /// <param name="resultFolder">Where the results go: not searched when it lies in one of the folders.</param>
    /// <exception cref="UserErrorException">A path does not exist, or there are no pictures.</exception>
    public static PictureList Of(IEnumerable<string> paths, string resultFolder) => Of(paths, Path.GetFullPath(resultFolder), subfolders: true);

    /// <summary>Says on stderr, in one line, what was left out of folders.</summary>
    public void ReportLeftOut(TextWriter error)
    {
        const int Shown = 3;
        if (LeftOut.Count == 0)
            return;
        string more = LeftOut.Count > Shown ? $" and {LeftOut.Count - Shown} more" : "";
        error.WriteLine($"left out, no picture: {string.Join(", ", LeftOut.Take(Shown))}{more}");
    }

    private static PictureList Of(IEnumerable<string> paths, string? except, bool subfolders)
    {
        List<PictureSource> sources = [];
        List<string> leftOut = [];
        PictureSearch search = new(except, leftOut);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            sources.AddRange(Named(path, search, subfolders).Where(source => seen.Add(Path.GetFullPath(source.Path))));
        }
        return new PictureList(sources, [.. leftOut.Distinct(StringComparer.Ordinal)]);
    }

    private static PictureSource[] Named(string path, PictureSearch search, bool subfolders)
    {
        if (File.Exists(path))
            return [new PictureSource(path, Path.GetFileName(path))];
        if (Directory.Exists(path))
        {
            PictureSource[] inFolder = [.. search.InFolder(path, subfolders)];
            return inFolder.Length > 0 ? inFolder : throw new UserErrorException($"{path}: there are no pictures in this folder");
        }
        if (!PictureSearch.IsPattern(path))
            throw new UserErrorException($"{path}: there is no such picture or folder");
        PictureSource[] matching = [.. search.Matching(path)];
        return matching.Length > 0 ? matching : throw new UserErrorException($"{path}: no picture fits this pattern");
    }
}
