namespace Matting.Runtime.Submissions;

/// <summary>A row of a submission as it lies in its file; the alpha is not read yet.</summary>
/// <param name="Line">The line at which the row begins; the header is line 1.</param>
/// <param name="Name">The picture's name; empty when the row has none.</param>
/// <param name="Offset">Where the base64 begins, in bytes from the file's start.</param>
/// <param name="Length">Bytes of base64.</param>
/// <param name="Problem">What is wrong with the row itself (missing or extra fields, no name, a name that was there before); null when nothing is.</param>
public sealed record SubmissionEntry(long Line, string Name, long Offset, long Length, string? Problem);
