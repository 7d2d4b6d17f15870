using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>One side of a comparison: pictures by name.</summary>
internal interface IPictureSource : IDisposable
{
    /// <summary>The names, none twice.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What of this side is wrong before any picture is asked for, one line each.</summary>
    IReadOnlyList<string> Problems { get; }

    /// <summary>A picture: grey (one channel), or with colours and alpha (four).</summary>
    PixelImage Read(string name, CancellationToken cancellation);
}

/// <summary>Tells failures of one picture, which the others survive, from failures of everything.</summary>
internal static class SourceFailure
{
    public static bool IsOfOnePicture(Exception failure) =>
        failure is ImageFileException or SubmissionException or IOException or UnauthorizedAccessException;
}
