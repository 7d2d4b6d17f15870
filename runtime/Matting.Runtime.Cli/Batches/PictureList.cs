using Matting.CommandLine;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Batches;

/// <summary>The pictures that a command line names: files as they are, folders as the picture files in them.</summary>
/// <param name="Pictures">Paths in order, none twice.</param>
/// <param name="LeftOut">Files of folders that are no pictures.</param>
internal sealed record PictureList(IReadOnlyList<string> Pictures, IReadOnlyList<string> LeftOut)
{
    /// <summary>Lists files and folders in the order given; within a folder by name (ordinal), without subfolders and hidden files.</summary>
    /// <exception cref="UserErrorException">A path does not exist, or a folder has no pictures.</exception>
    public static PictureList Of(IEnumerable<string> paths)
    {
        List<string> pictures = [];
        List<string> leftOut = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            IEnumerable<string> files = Directory.Exists(path) ? InFolder(path, leftOut)
                : File.Exists(path) ? [path]
                : throw new UserErrorException($"{path}: there is no such picture or folder");
            pictures.AddRange(files.Where(file => seen.Add(Path.GetFullPath(file))));
        }
        return new PictureList(pictures, leftOut);
    }

    /// <summary>Says on stderr, in one line, what was left out of folders.</summary>
    public void ReportLeftOut(TextWriter error)
    {
        const int Shown = 3;
        if (LeftOut.Count == 0)
            return;
        string more = LeftOut.Count > Shown ? $" and {LeftOut.Count - Shown} more" : "";
        error.WriteLine($"left out, no picture: {string.Join(", ", LeftOut.Take(Shown))}{more}");
    }

    private static List<string> InFolder(string folder, List<string> leftOut)
    {
        List<string> pictures = [];
        foreach (string file in Directory.EnumerateFiles(folder).Where(IsVisible).Order(StringComparer.Ordinal))
            (IsPicture(file) ? pictures : leftOut).Add(file);
        return pictures.Count > 0 ? pictures : throw new UserErrorException($"{folder}: there are no pictures in this folder");
    }

    private static bool IsVisible(string file) => Path.GetFileName(file)[0] != '.';

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
