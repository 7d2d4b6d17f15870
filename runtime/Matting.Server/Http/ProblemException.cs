using Matting.Runtime;
using Matting.Shared.Imaging;
using Microsoft.AspNetCore.Http;

namespace Matting.Server.Http;

/// <summary>A request that is answered with an error; the message is for the client.</summary>
internal sealed class ProblemException(int status, string detail) : Exception(detail)
{
    /// <summary>A client that went away: nothing is answered, but it is counted.</summary>
    public const int ClientGone = StatusCodes.Status499ClientClosedRequest;

    public int Status => status;

    /// <summary>After how many seconds it is worth another try.</summary>
    public int? RetryAfter { get; init; }

    public static ProblemException BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    /// <summary>What a failure means for the client; null for those that are the server's own.</summary>
    public static ProblemException? Of(Exception failure) => failure switch
    {
        ProblemException problem => problem,
        ImageFileException picture => new ProblemException(StatusOf(picture.Reason), picture.Message),
        MattingModelException { Reason: MattingModelError.Unsuitable or MattingModelError.OutOfMemory } model => new ProblemException(StatusCodes.Status413PayloadTooLarge, model.Message),
        // the server's own words for a body that breaks the rules of HTTP or is too large
        BadHttpRequestException http => new ProblemException(http.StatusCode, http.Message),
        _ => null,
    };

    private static int StatusOf(ImageFileError reason) => reason switch
    {
        ImageFileError.UnknownFormat or ImageFileError.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        ImageFileError.TooLarge => StatusCodes.Status413PayloadTooLarge,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
