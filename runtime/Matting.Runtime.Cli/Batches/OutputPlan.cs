using Matting.CommandLine;

namespace Matting.Runtime.Cli.Batches;

/// <summary>Which picture's alpha goes where; everything that could go wrong with names is found before anything is started.</summary>
internal sealed class OutputPlan
{
    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);

    private OutputPlan()
    {
    }

    /// <summary>The file that a picture's alpha is written to.</summary>
    public string this[string picture] => _targets[picture];

    /// <summary>Plans <c>FOLDER/NAME.png</c> for each picture.</summary>
    /// <exception cref="NameCollisionException">Two pictures would be written to one file.</exception>
    /// <exception cref="UserErrorException">A file exists and is not to be overwritten, or is itself one of the pictures.</exception>
    public static OutputPlan Of(IReadOnlyList<string> pictures, string folder, bool overwrite)
    {
        if (File.Exists(folder))
            throw new UserErrorException($"{folder}: is a file, not a folder");
        OutputPlan plan = new();
        foreach (string picture in pictures)
            plan._targets[picture] = Path.Combine(folder, Path.GetFileNameWithoutExtension(picture) + ".png");
        NameCollisionException.ThrowIfAny(pictures, picture => plan[picture]);
        HashSet<string> sources = [.. pictures.Select(Path.GetFullPath)];
        if (plan._targets.Values.FirstOrDefault(target => sources.Contains(Path.GetFullPath(target))) is { } source)
            throw new UserErrorException($"{source} is one of the pictures and would be replaced by its alpha; choose another folder with --out");
        string[] existing = overwrite ? [] : [.. plan._targets.Values.Where(Path.Exists)];
        return existing.Length == 0
            ? plan
            : throw new UserErrorException($"{existing[0]} exists already{(existing.Length > 1 ? $", and {existing.Length - 1} more" : "")} (--overwrite replaces)");
    }
}
