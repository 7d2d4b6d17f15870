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
        string target = Path.GetFullPath(path);
        if (!overwrite && File.Exists(target))
            throw new IOException($"{path}: the file exists already");
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
            File.Move(aside, target, overwrite);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Writes bytes; see <see cref="Write(string, Action{Stream}, bool)"/>.</summary>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> content, bool overwrite = true) =>
        Write(path, stream => stream.Write(content.Span), overwrite);

    /// <summary>Writes text as UTF-8 without a byte order mark; see <see cref="Write(string, Action{Stream}, bool)"/>.</summary>
    public static void WriteText(string path, string content, bool overwrite = true) =>
        WriteBytes(path, System.Text.Encoding.UTF8.GetBytes(content), overwrite);
}
