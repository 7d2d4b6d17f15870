using Microsoft.AspNetCore.Http;

namespace Matting.Server.Http;

/// <summary>The methods of requests.</summary>
internal static class RequestMethod
{
    /// <summary>
    /// Whether a request has a method. Their names are told apart by case (RFC 9110, section 9.1); the framework's own comparisons
    /// do not, but its server does: for it <c>head</c> is no HEAD, and an answer without its body a failure.
    /// </summary>
    public static bool Is(this HttpRequest request, string method) => string.Equals(request.Method, method, StringComparison.Ordinal);
}
