using Matting.CommandLine;

namespace Matting.Runtime.Cli.Batches;

/// <summary>Which picture's result goes where; everything that could go wrong with names is found before anything is started.</summary>
internal sealed class OutputPlan
{
    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);

    private OutputPlan()
    {
    }

    /// <summary>The pictures to predict, in order.</summary>
    public IReadOnlyList<string> Pictures { get; private init; } = [];

    /// <summary>True when results that exist are replaced.</summary>
    public bool Overwrites { get; private init; }

    /// <summary>Number of pictures left out because their results exist.</summary>
    public int Skipped { get; private init; }

    /// <summary>The file that a picture's result is written to.</summary>
    public string this[string picture] => _targets[picture];

    /// <summary>Plans <c>FOLDER/NAME.extension</c> for each picture, NAME with the subfolders that it has in what was named.</summary>
    /// <param name="sources">The pictures.</param>
    /// <param name="folder">Where the results go.</param>
    /// <param name="extension">With its point.</param>
    /// <param name="existing">What becomes of pictures whose results exist.</param>
    /// <exception cref="NameCollisionException">Two pictures would be written to one file.</exception>
    /// <exception cref="UserErrorException">A file exists and is not to be overwritten, or is itself one of the pictures.</exception>
    public static OutputPlan Of(IReadOnlyList<PictureSource> sources, string folder, string extension, ExistingResults existing)
    {
        if (File.Exists(folder))
            throw new UserErrorException($"{folder}: is a file, not a folder");
        Dictionary<string, string> targets = new(StringComparer.Ordinal);
        foreach (PictureSource source in sources)
            targets[source.Path] = Path.Combine(folder, Path.ChangeExtension(source.Name, extension));
        NameCollisionException.ThrowIfAny(sources.Select(source => source.Path), picture => targets[picture]);
        HashSet<string> pictures = [.. sources.Select(source => Path.GetFullPath(source.Path))];
        if (targets.Values.FirstOrDefault(target => pictures.Contains(Path.GetFullPath(target))) is { } replaced)
            throw new UserErrorException($"{replaced} is one of the pictures and would be replaced by its result; choose another folder with --out");
        string[] found = existing == ExistingResults.Overwrite ? [] : [.. targets.Values.Where(Path.Exists)];
        if (existing == ExistingResults.Refuse && found.Length > 0)
        {
            string more = found.Length > 1 ? $", and {found.Length - 1} more" : "";
            throw new UserErrorException($"{found[0]} exists already{more} (--overwrite replaces, --skip-existing leaves such pictures out)");
        }
        HashSet<string> skipped = [.. found];
        OutputPlan plan = new()
        {
            Pictures = [.. sources.Select(source => source.Path).Where(picture => !skipped.Contains(targets[picture]))],
            Overwrites = existing == ExistingResults.Overwrite,
            Skipped = found.Length,
        };
        foreach ((string picture, string target) in targets)
            plan._targets[picture] = target;
        return plan;
    }
}
