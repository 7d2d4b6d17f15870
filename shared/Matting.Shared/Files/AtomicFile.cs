namespace Matting.Shared.Files;

/// <summary>
/// Writes files so that nobody ever sees half of one: the content goes into a sibling temporary
/// file, is flushed to the disk, and is renamed into place.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file through a stream; an exception from <paramref name="write"/> leaves the target as it was.</summary>
    /// <param name="path">The target; missing folders are created.</param>
    /// <param name="write">Writes the whole content to the stream it is given.</param>
    /// <param name="overwrite">False: an existing target is an error, also when it appears meanwhile.</param>
    /// <exception cref="IOException">The target exists and <paramref name="overwrite"/> is false, or the disk refuses.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        if (!overwrite && File.Exists(path))
            throw new IOException($"{path}: the file exists already");
        WriteAside(path, write, aside =>
        {
            if (overwrite)
                File.Move(aside, path, overwrite: true);
            else
                ExclusiveMove.Move(aside, path);
        });
    }

    /// <summary>Writes a file under the first free name of a family, which is chosen when the content is complete.</summary>
    /// <param name="nextPath">Names the next free path, always in the same folder; asked again when somebody else takes the name meanwhile.</param>
    /// <param name="write">Writes the whole content to the stream it is given.</param>
    /// <returns>The path that was written.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static string WriteNext(Func<string> nextPath, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(nextPath);
        ArgumentNullException.ThrowIfNull(write);
        string path = nextPath();
        WriteAside(path, write, aside => path = MoveToNext(aside, nextPath));
        return path;
    }

    /// <summary>Writes bytes; see <see cref="Write(string, Action{Stream}, bool)"/>.</summary>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> content, bool overwrite = true) =>
        Write(path, stream => stream.Write(content.Span), overwrite);

    /// <summary>Writes text as UTF-8 without a byte order mark; see <see cref="Write(string, Action{Stream}, bool)"/>.</summary>
    public static void WriteText(string path, string content, bool overwrite = true) =>
        WriteBytes(path, System.Text.Encoding.UTF8.GetBytes(content), overwrite);

    private static void WriteAside(string path, Action<Stream> write, Action<string> putInPlace)
    {
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new IOException($"{path}: is not a file name");
        Directory.CreateDirectory(folder);
        string aside = Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(aside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            putInPlace(aside);
        }
        catch (Exception e)
        {
            File.Delete(aside);
            // the system names the temporary file, which means nothing to anybody
            if (e is IOException && e.Message.Contains(aside, StringComparison.Ordinal))
                throw new IOException(e.Message.Replace(aside, target, StringComparison.Ordinal), e);
            if (e is UnauthorizedAccessException)
                throw new UnauthorizedAccessException(e.Message.Replace(aside, target, StringComparison.Ordinal), e);
            throw;
        }
    }

    private static string MoveToNext(string aside, Func<string> nextPath)
    {
        while (true)
        {
            string path = nextPath();
            try
            {
                ExclusiveMove.Move(aside, path);
                return path;
            }
            catch (IOException) when (File.Exists(path))
            {
                // taken between the question and the move: ask again
            }
        }
    }
}
