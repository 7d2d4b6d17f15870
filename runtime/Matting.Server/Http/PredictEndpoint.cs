using System.Diagnostics;
using Matting.CommandLine;
using Matting.Runtime;
using Matting.Server.Metrics;
using Matting.Server.Work;
using Matting.Shared.Imaging;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Matting.Server.Http;

/// <summary><c>POST /predict</c>: chooses the model, admits, reads, decodes, predicts, encodes, answers.</summary>
#pragma warning disable CA1001 // semaphores whose wait handles nobody takes hold nothing, and late requests still need them
internal sealed class PredictEndpoint(ModelShelf shelf, ServerOptions options, Admission admission, Batcher batcher, RequestMemory memory, ServerMetrics metrics)
#pragma warning restore CA1001
{
    // the name that messages give a client's picture
    private const string Picture = "picture";

    private readonly UploadReader _uploads = new(options.MaxBody, options.UploadLimit, memory.Uploads);
    private readonly SemaphoreSlim _workers = new(options.Workers);

    // decoded pictures are large: as many as one run takes, one being gathered, and those in the workers' hands;
    // all other requests wait with the bytes that they sent
    private readonly SemaphoreSlim _decoded = new(options.Workers + (2 * options.Predict.Batch));

    public async Task HandleAsync(HttpContext context)
    {
        long started = Stopwatch.GetTimestamp();
        int? offer = null;
        int status;
        ClientPresence presence = ClientPresence.Of(context);
        try
        {
            offer = Choose(context.Request.Query);
            status = await AnswerAsync(context, offer.Value, presence);
        }
        catch (Exception failure) when (IsGone(failure, context))
        {
            status = ProblemException.ClientGone;
        }
        catch (Exception failure)
        {
            presence.EndWork();
            ProblemException problem = ProblemException.Of(failure) ?? OwnFailure(failure);
            await Answers.WriteAsync(context, problem);
            status = problem.Status;
        }
        metrics.Answered(offer, status, Stopwatch.GetElapsedTime(started));
    }

    private int Choose(IQueryCollection query)
    {
        string? name = RequestOptions.ModelName(query);
        return shelf.Find(name) ?? throw new ProblemException(
            StatusCodes.Status404NotFound, $"there is no model {RequestOptions.Shown(name!)}; there are {string.Join(", ", shelf.Offers.Select(offer => offer.Name))}");
    }

    private async Task<int> AnswerAsync(HttpContext context, int offer, ClientPresence presence)
    {
        using MemoryShare share = new(memory.Pictures);
        if (!admission.TryEnter())
            throw Busy();
        RequestOptions asked;
        byte[] answer;
        try
        {
            // loads it, if that is needed: until it is there the request is in the house
            using ModelUse use = await shelf.Offers[offer].RentAsync(context.RequestAborted);
            asked = RequestOptions.Parse(context.Request.Query, options, use.Model);
            using Upload upload = await _uploads.ReadAsync(context.Request, context.RequestAborted);
            presence.BeginWork(context);
            answer = await PredictAsync(upload, asked, new Served(offer, use.Model), share, context.RequestAborted);
        }
        finally
        {
            admission.Leave();
        }
        presence.EndWork();
        share.ShrinkTo(answer.Length);
        await Answers.WriteAsync(context, asked.Format.ContentType, answer);
        return StatusCodes.Status200OK;
    }

    private async Task<byte[]> PredictAsync(Upload upload, RequestOptions asked, Served served, MemoryShare share, CancellationToken cancellation)
    {
        // bad pictures do not wait in the queue
        long cost = PictureCost.Of(ImageFile.Identify(upload.Content, Picture, asked.Predict.Reading), asked);
        if (cost > memory.Pictures.Bytes)
            throw TooLarge(cost);
        await _decoded.WaitAsync(cancellation);
        try
        {
            await share.TakeAsync(cost, cancellation);
            PixelImage rgb = await WorkAsync(() => ImageFile.ReadRgb(upload.Content, Picture, asked.Predict.Reading), cancellation);
            upload.Dispose();
            NetworkSize size = served.Model.SizeFor(rgb.Height, rgb.Width, asked.Predict);
            if (asked.Result.Size == ResultSize.Network)
                rgb = Preprocessing.ResizeForNetwork(rgb, size.Width, size.Height);
            RunKey key = new(served.Offer, served.Model, size, asked.Predict.Tta, asked.Predict.Post);
            PixelImage alpha = await batcher.PredictAsync(rgb, key, asked.Predict with { Size = size }, cancellation);
            return await WorkAsync(() => asked.Format.Encode(asked.Result.Make(rgb, alpha)), cancellation);
        }
        finally
        {
            _decoded.Release();
        }
    }

    private async Task<T> WorkAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _workers.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            _workers.Release();
        }
    }

    private ProblemException TooLarge(long cost) => new(
        StatusCodes.Status413PayloadTooLarge, $"{Picture}: takes {HumanText.Bytes(cost)} to work on, this server has {HumanText.Bytes(memory.Pictures.Bytes)} for pictures");

    private ProblemException Busy()
    {
        const int LongestWait = 60;
        if (admission.IsClosed)
            return new ProblemException(StatusCodes.Status503ServiceUnavailable, "the server is stopping");
        int seconds = (int)Math.Clamp(Math.Ceiling(metrics.SecondsPerPicture * admission.Inside), 1, LongestWait);
        return new ProblemException(StatusCodes.Status503ServiceUnavailable, $"the queue of {options.Queue} requests is full") { RetryAfter = seconds };
    }

    private ProblemException OwnFailure(Exception failure)
    {
        options.Report?.Invoke($"a request failed: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
        return new ProblemException(StatusCodes.Status500InternalServerError, "the server failed to predict this picture");
    }

    private static bool IsGone(Exception failure, HttpContext context) =>
        context.RequestAborted.IsCancellationRequested || context.Response.HasStarted || failure is ConnectionResetException;

    /// <summary>The model of a request, and where it stands on the shelf.</summary>
    private readonly record struct Served(int Offer, IServedModel Model);
}
