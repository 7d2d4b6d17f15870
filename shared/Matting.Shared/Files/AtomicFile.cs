using System.Diagnostics;
using System.Globalization;

namespace Matting.Shared.Files;

/// <summary>
/// Writes files so that nobody ever sees half of one: the content goes into a sibling temporary
/// file, is flushed to the disk, and is renamed into place.
/// </summary>
public static class AtomicFile
{
    private const string AsideEnd = ".tmp";

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

    /// <summary>Deletes what writers of a file left beside it when they were killed. What a process that still runs is writing stays.</summary>
    /// <param name="path">The target that they wrote.</param>
    /// <returns>How many files that were.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static int RemoveAbandoned(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = Path.GetFullPath(path), begin = AsideBegin(target);
        string? folder = Path.GetDirectoryName(target);
        if (!Directory.Exists(folder))
            return 0;
        string[] abandoned = [.. Directory.EnumerateFiles(folder, begin + "*" + AsideEnd).Where(file => WriterOf(Path.GetFileName(file)[begin.Length..]) is { } writer && !Runs(writer))];
        foreach (string file in abandoned)
            File.Delete(file);
        return abandoned.Length;
    }

    private static string AsideBegin(string target) => $".{Path.GetFileName(target)}.";

    // PROCESS-UNIQUE.tmp
    private static int? WriterOf(string name) =>
        name.Split('-') is [{ } process, { } unique] && Guid.TryParseExact(Path.GetFileNameWithoutExtension(unique), "N", out _) && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? id
            : null;

    private static bool Runs(int process)
    {
        try
        {
            using Process running = Process.GetProcessById(process);
            return !running.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void WriteAside(string path, Action<Stream> write, Action<string> putInPlace)
    {
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new IOException($"{path}: is not a file name");
        Directory.CreateDirectory(folder);
        string aside = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{AsideBegin(target)}{Environment.ProcessId}-{Guid.NewGuid():N}{AsideEnd}"));
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
