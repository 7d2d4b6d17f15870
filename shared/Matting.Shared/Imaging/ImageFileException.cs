namespace Matting.Shared.Imaging;

/// <summary>Why a picture could not be read or written.</summary>
public enum ImageFileError
{
    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>The file is there, but the system refuses to read or write it (permissions, a folder, the disk).</summary>
    Inaccessible,

    /// <summary>The content belongs to none of PNG, JPEG, WebP, BMP, TIFF; for writing: the file extension says no known format.</summary>
    UnknownFormat,

    /// <summary>The content is damaged or ends too early.</summary>
    Corrupt,

    /// <summary>More pixels than <see cref="ImageReadOptions.MaxPixels"/> or than fit in memory.</summary>
    TooLarge,

    /// <summary>A valid file of a kind that the decoder does not do.</summary>
    Unsupported,
}

/// <summary>The one exception for pictures that cannot be read or written; the message is one line that begins with the file.</summary>
public sealed class ImageFileException : Exception, IUserFacingError
{
    /// <summary>Creates the exception; the message becomes <c>file: detail</c>.</summary>
    /// <param name="file">The file (or the name given to bytes in memory).</param>
    /// <param name="reason">The kind of failure.</param>
    /// <param name="detail">What is wrong, one line, no full stop.</param>
    /// <param name="innerException">The decoder's own exception, where there is one.</param>
    public ImageFileException(string file, ImageFileError reason, string detail, Exception? innerException = null)
        : base($"{file}: {detail}", innerException)
    {
        File = file;
        Reason = reason;
    }

    /// <summary>The file (or the name given to bytes in memory).</summary>
    public string File { get; }

    /// <summary>The kind of failure.</summary>
    public ImageFileError Reason { get; }
}
