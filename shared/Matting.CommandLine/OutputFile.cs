namespace Matting.CommandLine;

/// <summary>A file that a command is told to write.</summary>
public static class OutputFile
{
    /// <summary>Refuses a path that cannot be written to, before the work that leads to the file begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether <c>--overwrite</c> was given.</param>
    /// <exception cref="UserErrorException">There is a folder of that name, or a file that must not be replaced.</exception>
    public static void Require(string path, bool overwrite)
    {
        if (Directory.Exists(path))
            throw new UserErrorException($"{path}: is a folder, expected the name of a file");
        if (File.Exists(path) && !overwrite)
            throw new UserErrorException($"{path}: the file exists already; choose another name or replace it with --overwrite");
    }
}
