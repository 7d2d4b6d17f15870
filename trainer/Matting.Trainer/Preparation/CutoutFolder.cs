using Matting.Shared.Imaging;

namespace Matting.Trainer.Preparation;

/// <summary>A picture of the folder of cut-outs.</summary>
/// <param name="Identity">
/// Its path below that folder, with slashes: what its backgrounds and its side of the split are drawn by, on every machine alike.
/// </param>
/// <param name="Path">Its path.</param>
internal sealed record Cutout(string Identity, string Path);

/// <summary>Finds the cut-outs.</summary>
internal static class CutoutFolder
{
    /// <summary>
    /// The pictures of a folder and its subfolders by name (ordinal). Hidden files and folders are no part of it, nor are links
    /// to folders, nor the folder of the results.
    /// </summary>
    /// <exception cref="PreparationException">There is no such folder, no picture in it, or it is the one of the results.</exception>
    public static IReadOnlyList<Cutout> List(string folder, string results)
    {
        if (!Directory.Exists(folder))
            throw new PreparationException(File.Exists(folder) ? $"{folder}: is a file, expected a folder of cut-outs" : $"{folder}: there is no such folder");
        string excluded = FullPath(results);
        if (FullPath(folder) == excluded)
            throw new PreparationException($"{folder}: cut-outs and results cannot share a folder; choose another one for the results");
        List<Cutout> found = [];
        Collect(new DirectoryInfo(folder), "", excluded, found);
        found.Sort((a, b) => string.CompareOrdinal(a.Identity, b.Identity));
        return found.Count > 0 ? found : throw new PreparationException($"{folder}: there is no picture in this folder or below it");
    }

    private static void Collect(DirectoryInfo folder, string prefix, string excluded, List<Cutout> found)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos().Where(entry => entry.Name[0] != '.'))
        {
            if (entry is DirectoryInfo inner)
            {
                // a link may lead back to where it lies
                if (inner.LinkTarget is null && FullPath(inner.FullName) != excluded)
                    Collect(inner, $"{prefix}{inner.Name}/", excluded, found);
            }
            else if (ImageFile.IsImagePath(entry.Name))
            {
                found.Add(new Cutout(prefix + entry.Name, Path.Combine(folder.ToString(), entry.Name)));
            }
        }
    }

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
