using System.IO.Enumeration;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Batches;

/// <summary>Looks for pictures in folders, in order of their names (ordinal), without hidden files and folders and without following linked folders.</summary>
/// <param name="except">Full path of a folder that is not searched: where the results go.</param>
/// <param name="leftOut">Receives the files that are no pictures.</param>
internal sealed class PictureSearch(string? except, List<string> leftOut)
{
    private const string AnyDepth = "**";

    /// <summary>True when a text can be a pattern.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>The pictures of a folder, of its subfolders too if asked for.</summary>
    public IEnumerable<PictureSource> InFolder(string folder, bool subfolders)
    {
        IEnumerable<string> folders = subfolders ? FoldersOf(folder, anyDepth: true).Prepend(folder) : [folder];
        return folders.SelectMany(PicturesOf).Select(file => new PictureSource(file, Path.GetRelativePath(folder, file)));
    }

    /// <summary>The pictures that fit a pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for folders of any depth.</summary>
    public IEnumerable<PictureSource> Matching(string pattern)
    {
        string[] parts = pattern.Split(Path.DirectorySeparatorChar);
        int first = Array.FindIndex(parts, IsPattern);
        string start = string.Join(Path.DirectorySeparatorChar, parts[..first]);
        string root = start.Length > 0 ? start : Path.IsPathRooted(pattern) ? "/" : ".";
        IEnumerable<string> folders = Directory.Exists(root) ? [root] : [];
        foreach (string part in parts[first..^1])
            folders = folders.SelectMany(folder => Folders(folder, part)).ToArray();
        // `**` at the end means all files below; after several `**` a folder can come up more than once
        string last = parts[^1];
        if (last == AnyDepth)
            (folders, last) = (folders.SelectMany(folder => Folders(folder, AnyDepth)), "*");
        return folders.Distinct(StringComparer.Ordinal)
            .SelectMany(PicturesOf)
            .Where(file => FileSystemName.MatchesSimpleExpression(last, Path.GetFileName(file), ignoreCase: false))
            .Select(file => new PictureSource(start.Length == 0 ? Path.GetRelativePath(root, file) : file, Path.GetRelativePath(root, file)));
    }

    private IEnumerable<string> Folders(string folder, string part)
    {
        if (part == AnyDepth)
            return FoldersOf(folder, anyDepth: true).Prepend(folder);
        if (!IsPattern(part))
            return Directory.Exists(Path.Combine(folder, part)) ? [Path.Combine(folder, part)] : [];
        return FoldersOf(folder, anyDepth: false).Where(found => FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(found), ignoreCase: false));
    }

    private IEnumerable<string> FoldersOf(string folder, bool anyDepth)
    {
        foreach (string found in Directory.EnumerateDirectories(folder).Where(IsSearched).Order(StringComparer.Ordinal))
        {
            yield return found;
            if (!anyDepth)
                continue;
            foreach (string deeper in FoldersOf(found, anyDepth: true))
                yield return deeper;
        }
    }

    private bool IsSearched(string folder) => IsVisible(folder) && new DirectoryInfo(folder).LinkTarget is null && Path.GetFullPath(folder) != except;

    private IEnumerable<string> PicturesOf(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder).Where(IsVisible).Order(StringComparer.Ordinal))
        {
            if (IsPicture(file))
                yield return file;
            else
                leftOut.Add(file);
        }
    }

    private static bool IsVisible(string path) => Path.GetFileName(path)[0] != '.';

    // an extension decides; a name without one says nothing, so there the content does
    private static bool IsPicture(string file)
    {
        if (Path.HasExtension(file))
            return ImageFile.IsImagePath(file);
        try
        {
            ImageFile.Identify(file);
            return true;
        }
        catch (ImageFileException)
        {
            return false;
        }
    }
}
