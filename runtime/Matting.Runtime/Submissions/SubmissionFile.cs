using System.Buffers.Text;
using System.Text;
using Matting.Shared.Files;
using Matting.Shared.Weights;

namespace Matting.Runtime.Submissions;

/// <summary>
/// The CSV of a submission: the header <c>filename,image_utf</c>, then a row a picture with its name and its alpha as
/// the base64 of a PNG; UTF-8, lines end with \n, fields are quoted only where they must be.
/// </summary>
public static class SubmissionFile
{
    /// <summary>The name a picture goes by: its file name up to the first dot, as text (leading zeros stay).</summary>
    /// <param name="picture">Path or name of the picture.</param>
    public static string NameOf(string picture)
    {
        string name = Path.GetFileName(picture);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? name : name[..dot];
    }

    /// <summary>
    /// Writes a submission without ever overwriting one: <c>submission.csv</c>, then <c>submission_2.csv</c>, ... The rows are
    /// written as they come; an exception on the way leaves no file behind.
    /// </summary>
    /// <param name="path">The first name; missing folders are created.</param>
    /// <param name="rows">The rows in their order.</param>
    /// <returns>The path that was written.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static string Write(string path, IEnumerable<SubmissionRow> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(rows);
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new IOException($"{path}: is not a file name");
        string extension = Path.GetExtension(full) is { Length: > 1 } given ? given : ".csv";
        string stem = Path.GetFileNameWithoutExtension(full);
        return AtomicFile.WriteNext(() => CheckpointFamily.NextPath(folder, stem, extension), stream => Write(stream, rows));
    }

    private static void Write(Stream stream, IEnumerable<SubmissionRow> rows)
    {
        stream.Write("filename,image_utf\n"u8);
        byte[] buffer = [];
        foreach (SubmissionRow row in rows)
        {
            stream.Write(Encoding.UTF8.GetBytes($"{CsvField.Of(row.Name)},"));
            int length = Base64.GetMaxEncodedToUtf8Length(row.Png.Length);
            if (buffer.Length <= length)
                buffer = new byte[length + 1];
            Base64.EncodeToUtf8(row.Png.Span, buffer, out _, out int written);
            buffer[written] = (byte)'\n';
            stream.Write(buffer, 0, written + 1);
        }
    }
}
