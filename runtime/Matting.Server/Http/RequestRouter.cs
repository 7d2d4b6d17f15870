using System.Text;
using Matting.Server.Metrics;
using Matting.Server.Page;
using Matting.Server.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Matting.Server.Http;

/// <summary>Leads each request to what answers it.</summary>
internal sealed class RequestRouter(PredictEndpoint predict, Admission admission, RequestMemory memory, ServerMetrics metrics, ModelShelf shelf, TrialPage page)
{
    // not among the names that the framework knows
    private const string ReferrerPolicy = "Referrer-Policy";

    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/" => Reading(context, () => PageAsync(context)),
        "/predict" => context.Request.Is(HttpMethods.Post) ? predict.HandleAsync(context) : WrongMethodAsync(context, "POST"),
        "/models" => Reading(context, () => Answers.WriteJsonAsync(context, new { models = shelf.Offers.Select(offer => new { name = offer.Name, provider = offer.Provider }), @default = shelf.Offers[0].Name })),
        "/health" => Reading(context, () => Answers.WriteStatusAsync(context, "ok")),
        "/ready" => Reading(context, () => ReadyAsync(context)),
        "/metrics" => Reading(context, () => Answers.WriteAsync(context, PrometheusText.ContentType, Encoding.UTF8.GetBytes(metrics.ToText(admission.Inside, memory)))),
        _ => Answers.WriteAsync(context, new ProblemException(
            StatusCodes.Status404NotFound, "there is nothing here; pictures are sent to POST /predict, / is a page to try it, and /models, /health, /ready and /metrics tell of the server")),
    };

    private static Task Reading(HttpContext context, Func<Task> answer) =>
        context.Request.Is(HttpMethods.Get) || context.Request.Is(HttpMethods.Head) ? answer() : WrongMethodAsync(context, "GET, HEAD");

    private static Task WrongMethodAsync(HttpContext context, string allowed)
    {
        context.Response.Headers[HeaderNames.Allow] = allowed;
        return Answers.WriteAsync(context, new ProblemException(StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes {allowed} only"));
    }

    private Task PageAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = page.Policy;
        context.Response.Headers[ReferrerPolicy] = "no-referrer";
        return Answers.WriteAsync(context, TrialPage.ContentType, page.Content);
    }

    private Task ReadyAsync(HttpContext context) => admission.HasRoom
        ? Answers.WriteStatusAsync(context, "ready")
        : Answers.WriteAsync(context, new ProblemException(StatusCodes.Status503ServiceUnavailable, admission.IsClosed ? "the server is stopping" : "the queue is full"));
}
