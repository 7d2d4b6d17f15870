using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Matting.Server.Http;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    public static Task WriteAsync(HttpContext context, string contentType, ReadOnlyMemory<byte> content)
    {
        HttpResponse response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        response.Headers[HeaderNames.CacheControl] = "no-store";
        // what a client sent must not be taken for anything but a picture
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return context.Request.Is(HttpMethods.Head) ? Task.CompletedTask : response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    /// <summary>Problem details of RFC 9457, without a type of their own: the status says what it is.</summary>
    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        HttpResponse response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } seconds)
            response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        // a body that is not wanted is not read to its end either
        if (!context.Request.Is(HttpMethods.Get) && !context.Request.Is(HttpMethods.Head))
            response.Headers[HeaderNames.Connection] = "close";
        return WriteAsync(context, "application/problem+json", JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["title"] = ReasonPhrases.GetReasonPhrase(problem.Status),
            ["status"] = problem.Status,
            ["detail"] = problem.Message,
        }));
    }

    public static Task WriteStatusAsync(HttpContext context, string status) => WriteJsonAsync(context, new { status });

    public static Task WriteJsonAsync<T>(HttpContext context, T content) => WriteAsync(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(content));
}
