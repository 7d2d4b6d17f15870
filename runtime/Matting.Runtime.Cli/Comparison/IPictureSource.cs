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

    /// <summary>Pictures one after the other, in the order of the names; where one cannot be read, why.</summary>
    IEnumerable<PictureOutcome<PixelImage>> ReadAll(IReadOnlyList<string> names, CancellationToken cancellation) => names.Select(name =>
    {
        try
        {
            return new PictureOutcome<PixelImage>(name, default, Read(name, cancellation), null);
        }
        catch (Exception failure) when (SourceFailure.IsOfOnePicture(failure))
        {
            return new PictureOutcome<PixelImage>(name, default, null, failure);
        }
    });
}

/// <summary>Tells failures of one picture, which the others survive, from failures of everything.</summary>
internal static class SourceFailure
{
    public static bool IsOfOnePicture(Exception failure) =>
        failure is ImageFileException or SubmissionException or IOException or UnauthorizedAccessException;
}
