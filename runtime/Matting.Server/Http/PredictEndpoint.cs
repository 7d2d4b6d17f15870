using System.Diagnostics;
using Matting.CommandLine;
using Matting.Runtime;
using Matting.Server.Metrics;
using Matting.Server.Work;
using Matting.Shared.Imaging;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Matting.Server.Http;

/// <summary><c>POST /predict</c>: admits, reads, decodes, predicts, encodes, answers.</summary>
#pragma warning disable CA1001 // semaphores whose wait handles nobody takes hold nothing, and late requests still need them
internal sealed class PredictEndpoint(IServedModel model, ServerOptions options, Admission admission, Batcher batcher, RequestMemory memory, ServerMetrics metrics)
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
        metrics.Answered(await AnswerAsync(context), Stopwatch.GetElapsedTime(started));
    }

    private async Task<int> AnswerAsync(HttpContext context)
    {
        ClientPresence presence = ClientPresence.Of(context);
        try
        {
            RequestOptions asked = RequestOptions.Parse(context.Request.Query, options, model);
            using MemoryShare share = new(memory.Pictures);
            byte[] answer = await PredictAsync(context, asked, share, context.RequestAborted);
            presence.EndWork();
            share.ShrinkTo(answer.Length);
            await Answers.WriteAsync(context, asked.Format.ContentType, answer);
            return StatusCodes.Status200OK;
        }
        catch (Exception failure) when (IsGone(failure, context))
        {
            return ProblemException.ClientGone;
        }
        catch (Exception failure)
        {
            presence.EndWork();
            ProblemException problem = ProblemException.Of(failure) ?? OwnFailure(failure);
            await Answers.WriteAsync(context, problem);
            return problem.Status;
        }
    }

    private async Task<byte[]> PredictAsync(HttpContext context, RequestOptions asked, MemoryShare share, CancellationToken cancellation)
    {
        if (!admission.TryEnter())
            throw Busy();
        try
        {
            using Upload upload = await _uploads.ReadAsync(context.Request, cancellation);
            ClientPresence.Of(context).BeginWork(context);
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
                NetworkSize size = model.SizeFor(rgb.Height, rgb.Width, asked.Predict);
                if (asked.Result.Size == ResultSize.Network)
                    rgb = Preprocessing.ResizeForNetwork(rgb, size.Width, size.Height);
                PixelImage alpha = await batcher.PredictAsync(rgb, new RunKey(size, asked.Predict.Tta), asked.Predict with { Size = size }, cancellation);
                return await WorkAsync(() => asked.Format.Encode(asked.Result.Make(rgb, alpha)), cancellation);
            }
            finally
            {
                _decoded.Release();
            }
        }
        finally
        {
            admission.Leave();
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
}
