using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Matting.Runtime.Sessions;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Prediction;

/// <summary>
/// Pictures that arrive one after the other: each is read, run and finished on the thread pool, the network one at a time,
/// and its outcome is there as soon as it and those before it are done. Unlike <see cref="PicturePipeline{T}"/>, which
/// knows all its files, this never waits for a picture to come before it hands out one that is ready.
/// </summary>
internal sealed class PictureStream<T>(MattingModel model, ModelSession session, PredictOptions options, PictureFinisher<T> finish)
{
    // one in the network, one being prepared and one being finished keep it busy; with the one that the caller
    // waits for, these are all pictures in memory
    private const int Waiting = 3;

    public async IAsyncEnumerable<PictureOutcome<T>> RunAsync(
        IAsyncEnumerable<PictureInput> pictures, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using SemaphoreSlim network = new(1);
        Channel<Task<PictureOutcome<T>>> order = Channel.CreateBounded<Task<PictureOutcome<T>>>(
            new BoundedChannelOptions(Waiting) { SingleReader = true, SingleWriter = true });
        Task taking = Task.Run(() => TakeAsync(pictures, order.Writer, network, ending.Token), CancellationToken.None);
        try
        {
            await foreach (Task<PictureOutcome<T>> outcome in order.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return await outcome.ConfigureAwait(false);
            // a caller that cancelled hears so, even when the source only ended
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await taking.ConfigureAwait(false);
            // nobody waits for these any more, but their buffers have to come back
            while (order.Reader.TryRead(out Task<PictureOutcome<T>>? abandoned))
                await ((Task)abandoned).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // never throws: a failure of the source travels behind the pictures that came before it
    private async Task TakeAsync(
        IAsyncEnumerable<PictureInput> pictures, ChannelWriter<Task<PictureOutcome<T>>> order, SemaphoreSlim network, CancellationToken cancellation)
    {
        try
        {
            await using ConfiguredCancelableAsyncEnumerable<PictureInput>.Enumerator source =
                pictures.WithCancellation(cancellation).ConfigureAwait(false).GetAsyncEnumerator();
            // room first: a picture that is taken from the source is begun at once
            while (await order.WaitToWriteAsync(cancellation).ConfigureAwait(false) && await source.MoveNextAsync())
                order.TryWrite(PredictAsync(source.Current, network, cancellation));
            order.Complete();
        }
        catch (Exception failure)
        {
            order.Complete(failure);
        }
    }

    private async Task<PictureOutcome<T>> PredictAsync(PictureInput picture, SemaphoreSlim network, CancellationToken cancellation)
    {
        PictureRun? run = null;
        try
        {
            run = await Task.Run(() => Prepare(picture), cancellation).ConfigureAwait(false);
            await network.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                await Task.Run(() => run.Execute(1, cancellation), cancellation).ConfigureAwait(false);
            }
            finally
            {
                network.Release();
            }
            T result = await Task.Run(() => finish(picture.Name, run.Alpha(0, options.Post?.Create())), cancellation).ConfigureAwait(false);
            return new PictureOutcome<T>(picture.Name, run.Size, result, null);
        }
        catch (Exception failure) when (PictureFailure.IsOfOnePicture(failure))
        {
            return new PictureOutcome<T>(picture.Name, run?.Size ?? default, default, failure);
        }
        finally
        {
            run?.Dispose();
        }
    }

    private PictureRun Prepare(PictureInput picture)
    {
        PixelImage rgb = picture.Read(options.Reading);
        PictureRun run = new(session, options, model.SizeFor(rgb.Height, rgb.Width, options), pictures: 1);
        try
        {
            run.Put(0, rgb, model.Profile);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }
}
