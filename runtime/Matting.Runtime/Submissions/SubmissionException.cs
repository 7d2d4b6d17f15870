using Matting.Shared;

namespace Matting.Runtime.Submissions;

/// <summary>A submission, or a row of one, that cannot be read; the message is one line that begins with the file, and names the line where there is one.</summary>
public sealed class SubmissionException : Exception, IUserFacingError
{
    /// <summary>Creates the exception for a whole file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="detail">What is wrong.</param>
    /// <param name="inner">The cause, or null.</param>
    public SubmissionException(string file, string detail, Exception? inner = null)
        : base($"{file}: {detail}", inner) => File = file;

    /// <summary>Creates the exception for a row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line at which the row begins; the header is line 1.</param>
    /// <param name="name">The picture's name as the row has it; null when it has none.</param>
    /// <param name="detail">What is wrong.</param>
    /// <param name="inner">The cause, or null.</param>
    public SubmissionException(string file, long line, string? name, string detail, Exception? inner = null)
        : base($"{file}, line {line}{(name is null ? "" : $" ({name})")}: {detail}", inner) => (File, Line) = (file, line);

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line at which the row begins; null when the whole file is meant.</summary>
    public long? Line { get; }
}
