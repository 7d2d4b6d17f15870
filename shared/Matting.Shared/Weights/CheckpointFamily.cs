using System.Globalization;

namespace Matting.Shared.Weights;

/// <summary>
/// The files <c>STEM.pth</c>, <c>STEM_2.pth</c>, <c>STEM_3.pth</c>, ... of a folder: each run takes the next
/// number, so that it never overwrites an earlier run's file, and loading takes the highest.
/// </summary>
public static class CheckpointFamily
{
    /// <summary>The path a new run writes to: the plain name first, then one more than the highest number there is.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="stem">The name without number and extension, for instance <c>u2netp_best</c>.</param>
    /// <param name="extension">With or without its dot.</param>
    public static string NextPath(string folder, string stem, string extension = ".pth")
    {
        long highest = Members(folder, stem, extension).Select(member => member.Number).DefaultIfEmpty(0).Max();
        string number = highest == 0 ? "" : $"_{highest + 1}";
        return Path.Combine(folder, $"{stem}{number}{Dotted(extension)}");
    }

    /// <summary>The member with the highest number; null when there is none.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="stem">The name without number and extension, for instance <c>u2netp_best</c>.</param>
    /// <param name="extension">With or without its dot.</param>
    public static string? Newest(string folder, string stem, string extension = ".pth") =>
        Members(folder, stem, extension).OrderByDescending(member => member.Number).Select(member => member.Path).FirstOrDefault();

    // gaps do not matter; 02, 0 and 1 are no numbers this family gives, so such files belong to somebody else
    private static IEnumerable<(string Path, long Number)> Members(string folder, string stem, string extension)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(stem);
        string dotted = Dotted(extension);
        if (!Directory.Exists(folder))
            yield break;
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            string name = Path.GetFileName(path);
            if (!name.StartsWith(stem, StringComparison.Ordinal) || !name.EndsWith(dotted, StringComparison.Ordinal)
                || name.Length < stem.Length + dotted.Length)
                continue;
            string middle = name[stem.Length..^dotted.Length];
            if (middle.Length == 0)
                yield return (path, 1);
            else if (middle[0] == '_' && middle.Length > 1 && middle[1] is >= '1' and <= '9'
                && long.TryParse(middle.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && number is >= 2 and < long.MaxValue)
                yield return (path, number);
        }
    }

    private static string Dotted(string extension)
    {
        ArgumentException.ThrowIfNullOrEmpty(extension);
        return extension[0] == '.' ? extension : $".{extension}";
    }
}
