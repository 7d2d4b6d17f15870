using System.Buffers;
using System.Buffers.Text;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Submissions;

/// <summary>
/// A submission that is read row by row, whatever its size: opening it finds the rows, and each alpha is decoded when it is
/// asked for. A row that is wrong does not stop the others. Not for several threads at once.
/// </summary>
public sealed class SubmissionDocument : IDisposable
{
    // the base64 of a PNG of 100 megapixels that cannot be compressed, with room to spare
    private const long LongestAlpha = 256L << 20;

    private readonly FileStream _stream;

    private SubmissionDocument(string file, FileStream stream)
    {
        (File, _stream) = (file, stream);
        Entries = new SubmissionScanner(stream, file).Rows();
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The rows in their order, wrong ones among them (<see cref="SubmissionEntry.Problem"/>).</summary>
    public IReadOnlyList<SubmissionEntry> Entries { get; }

    /// <summary>Opens a submission and finds its rows.</summary>
    /// <param name="path">A CSV as <see cref="SubmissionFile"/> writes it.</param>
    /// <exception cref="SubmissionException">There is no such file, it cannot be read, or its header is another one.</exception>
    public static SubmissionDocument Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.RandomAccess);
            return new SubmissionDocument(path, stream);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            string detail = Directory.Exists(path) ? "is a folder, not a submission"
                : failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such submission"
                : failure.Message.ReplaceLineEndings(" ");
            throw new SubmissionException(path, detail, failure);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>Decodes a row's alpha.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="reading">Limits of the picture; null for the defaults.</param>
    /// <returns>A grey picture.</returns>
    /// <exception cref="SubmissionException">The row is wrong, its text is no base64, or that is no PNG that can be read.</exception>
    public PixelImage Read(SubmissionEntry entry, ImageReadOptions? reading = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Problem is { } problem)
            throw Wrong(entry, problem);
        byte[] png = Decode(entry);
        try
        {
            if (ImageFile.Identify(png, entry.Name, reading).Format != "PNG")
                throw Wrong(entry, "its picture is no PNG");
            return ImageFile.ReadGrey(png, entry.Name, reading);
        }
        catch (ImageFileException failure)
        {
            string detail = failure.Message[(entry.Name.Length + 2)..];
            throw Wrong(entry, failure.Reason == ImageFileError.UnknownFormat ? $"its picture is no PNG: {detail}" : detail, failure);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private byte[] Decode(SubmissionEntry entry)
    {
        if (entry.Length is 0 or > LongestAlpha)
            throw Wrong(entry, entry.Length == 0 ? "has no alpha" : $"its alpha has {entry.Length} bytes of base64, more than the limit of {LongestAlpha}");
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
        _stream.Position = entry.Offset;
        _stream.ReadExactly(bytes);
        return Base64.DecodeFromUtf8InPlace(bytes, out int written) == OperationStatus.Done
            ? bytes[..written]
            : throw Wrong(entry, "its alpha is no base64");
    }

    private SubmissionException Wrong(SubmissionEntry entry, string detail, Exception? inner = null) =>
        new(File, entry.Line, entry.Name.Length > 0 ? entry.Name : null, detail, inner);
}
