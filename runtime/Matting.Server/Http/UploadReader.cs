using Matting.Server.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Matting.Server.Http;

/// <summary>Takes the picture out of a request: the body itself, or the one file of a form.</summary>
internal sealed class UploadReader(long maxBody, TimeSpan limit, MemoryBudget memory)
{
    // RFC 2046, section 5.1.1
    private const int LongestBoundary = 70;

    /// <exception cref="ProblemException">The body is of another type, empty, too large, too slow or broken.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<Upload> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBody)
            throw TooLarge();
        using CancellationTokenSource slow = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        slow.CancelAfter(limit);
        Upload upload = new(memory);
        bool whole = false;
        try
        {
            await ReadPictureAsync(request, upload, slow.Token);
            if (upload.Content.IsEmpty)
                throw ProblemException.BadRequest("the request brings no picture: it is empty");
            whole = true;
            return upload;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ProblemException(StatusCodes.Status408RequestTimeout, $"the picture did not arrive within {limit.TotalSeconds:0} seconds");
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        // the forms' reader speaks of limits and of bodies that end too early by these two
        catch (Exception failure) when (failure is InvalidDataException or IOException and not BadHttpRequestException && !cancellation.IsCancellationRequested)
        {
            throw ProblemException.BadRequest("the form is broken: it ends too early, or its parts have no proper heads");
        }
        finally
        {
            if (!whole)
                upload.Dispose();
        }
    }

    private Task ReadPictureAsync(HttpRequest request, Upload upload, CancellationToken cancellation)
    {
        if (request.Headers.ContentEncoding.Count > 0)
            throw Unsupported("the body is compressed, which pictures are already; send it as it is");
        if (string.IsNullOrEmpty(request.ContentType))
            return ReadAllAsync(request.Body, upload, cancellation);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type))
            throw ProblemException.BadRequest("the content type is garbled");
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return ReadFormAsync(request.Body, Boundary(type), upload, cancellation);
        return type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
            ? ReadAllAsync(request.Body, upload, cancellation)
            : throw Unsupported("the content type is none of image/*, application/octet-stream and multipart/form-data");
    }

    private static string Boundary(MediaTypeHeaderValue type)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "";
        return boundary.Length is > 0 and <= LongestBoundary
            ? boundary
            : throw ProblemException.BadRequest($"a form needs a boundary of 1 to {LongestBoundary} characters");
    }

    private async Task ReadFormAsync(Stream body, string boundary, Upload upload, CancellationToken cancellation)
    {
        MultipartReader reader = new(boundary, body);
        bool found = false;
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) || !disposition.IsFileDisposition())
                throw ProblemException.BadRequest("a form brings one file and nothing else; options are written into the address, for instance /predict?tta=flip");
            if (found)
                throw ProblemException.BadRequest("a form brings one file; send further pictures by requests of their own");
            found = true;
            await ReadAllAsync(section.Body, upload, cancellation);
        }
        if (!found)
            throw ProblemException.BadRequest("the form brings no file");
    }

    private async Task ReadAllAsync(Stream body, Upload upload, CancellationToken cancellation)
    {
        while (await body.ReadAsync(upload.Room(maxBody), cancellation) is > 0 and var read)
        {
            upload.Add(read);
            if (upload.Content.Length > maxBody)
                throw TooLarge();
        }
    }

    private ProblemException TooLarge() => new(StatusCodes.Status413PayloadTooLarge, $"the body is larger than the {maxBody} bytes that this server takes");

    private static ProblemException Unsupported(string detail) => new(StatusCodes.Status415UnsupportedMediaType, detail);
}
