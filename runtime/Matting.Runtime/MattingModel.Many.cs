using Matting.Runtime.Prediction;
using Matting.Shared.Imaging;

namespace Matting.Runtime;

// many pictures: in one run, or as a stream
public sealed partial class MattingModel
{
    /// <summary>Predicts several pictures in one run of the network; see <see cref="Predict(PixelImage, PredictOptions?, CancellationToken)"/>. Pays on a GPU.</summary>
    /// <param name="pictures">Pictures of three channels, at least one, for which <see cref="SizeFor"/> gives one size.</param>
    /// <param name="options">Augmentation, post-process and size; the batch does not matter.</param>
    /// <param name="cancellation">Stops the run at its next node.</param>
    /// <returns>Grey pictures of the same sizes and in the same order.</returns>
    /// <exception cref="ArgumentException">There is no picture, one is not RGB, their network sizes differ, or an option is out of range.</exception>
    /// <exception cref="MattingModelException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PixelImage[] PredictTogether(IReadOnlyList<PixelImage> pictures, PredictOptions? options = null, CancellationToken cancellation = default) =>
        PredictTogether(pictures, ResultOptions.Default, options, cancellation);

    /// <summary>Predicts several pictures in one run of the network and makes cut-outs or composites of them. Pays on a GPU.</summary>
    /// <param name="pictures">Pictures of three channels, at least one, for which <see cref="SizeFor"/> gives one size.</param>
    /// <param name="result">What is made.</param>
    /// <param name="options">Augmentation, post-process and size; the batch does not matter.</param>
    /// <param name="cancellation">Stops the run at its next node.</param>
    /// <returns>Pictures of 1, 4 or 3 channels in the same order; see <see cref="PictureAlpha.ToResult"/>.</returns>
    /// <exception cref="ArgumentException">There is no picture, one is not RGB, their network sizes differ, or an option is out of range.</exception>
    /// <exception cref="MattingModelException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PixelImage[] PredictTogether(
        IReadOnlyList<PixelImage> pictures, ResultOptions result, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count, nameof(pictures));
        ArgumentNullException.ThrowIfNull(result);
        result.Check();
        options = Checked(options);
        NetworkSize size = SizeFor(pictures[0].Height, pictures[0].Width, options);
        if (pictures.Any(picture => SizeFor(picture.Height, picture.Width, options) != size))
            throw new ArgumentException("the network runs at different sizes for these pictures", nameof(pictures));
        using PictureRun run = new(_session, For(result, options), size, pictures.Count);
        for (int i = 0; i < pictures.Count; i++)
            run.Put(i, pictures[i], Profile);
        run.Execute(pictures.Count, cancellation);
        PixelImage[] results = new PixelImage[pictures.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = run.Alpha(i, options.Post?.Create()).ToResult(result);
        return results;
    }

    /// <summary>
    /// Predicts many files. Reading and preparing the next ones, the network, and finishing the last ones overlap;
    /// the outcomes come in the order of the files. A picture that cannot be read or finished does not stop the others.
    /// </summary>
    /// <param name="files">Picture files.</param>
    /// <param name="finish">Makes something of each alpha, on other threads.</param>
    /// <param name="options">Augmentation, post-process, batch and size.</param>
    /// <param name="cancellation">Stops at the next node of the network.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MattingModelException">The network failed, while the result is enumerated.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, while the result is enumerated.</exception>
    public IEnumerable<PictureOutcome<T>> PredictFiles<T>(
        IReadOnlyList<string> files, PictureFinisher<T> finish, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(finish);
        options = Checked(options);
        return new PicturePipeline<T>(this, _session, options, finish).Run(files, cancellation);
    }

    /// <summary>
    /// Predicts many files as an asynchronous stream and makes alphas, cut-outs or composites of them. Reading, network and
    /// finishing overlap, in an amount of memory that does not depend on the number of files; the outcomes come in the order of the files.
    /// A picture that cannot be read is an outcome with its <see cref="PictureOutcome{T}.Failure"/> and does not stop the others. Leaving the
    /// loop early stops the work and gives all buffers back. Every enumeration begins anew.
    /// </summary>
    /// <param name="files">Picture files.</param>
    /// <param name="result">What is made; null: alphas at each picture's own size.</param>
    /// <param name="options">Augmentation, post-process, batch and size.</param>
    /// <param name="cancellation">Stops at the next node of the network; so does the token of <c>WithCancellation</c>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MattingModelException">The network failed, while the result is enumerated.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed, while the result is enumerated.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled, while the result is enumerated.</exception>
    /// <example>
    /// <code>
    /// await foreach (PictureOutcome&lt;PixelImage&gt; outcome in model.PredictFilesAsync(files, new ResultOptions { Kind = ResultKind.Cutout }))
    ///     Console.WriteLine(outcome.Failure?.Message ?? $"{outcome.File}: {outcome.Size}");
    /// </code>
    /// </example>
    public IAsyncEnumerable<PictureOutcome<PixelImage>> PredictFilesAsync(
        IReadOnlyList<string> files, ResultOptions? result = null, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        result ??= ResultOptions.Default;
        result.Check();
        return PredictFilesAsync(files, (_, alpha) => alpha.ToResult(result), For(result, options), cancellation);
    }

    /// <summary>
    /// Predicts many files as an asynchronous stream; see <see cref="PredictFilesAsync(IReadOnlyList{string}, ResultOptions?, PredictOptions?, CancellationToken)"/>.
    /// </summary>
    /// <typeparam name="T">What is made of each alpha.</typeparam>
    /// <param name="files">Picture files.</param>
    /// <param name="finish">Makes something of each alpha, on several threads of the pool.</param>
    /// <param name="options">Augmentation, post-process, batch and size.</param>
    /// <param name="cancellation">Stops at the next node of the network; so does the token of <c>WithCancellation</c>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MattingModelException">The network failed, while the result is enumerated.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed, while the result is enumerated.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled, while the result is enumerated.</exception>
    public IAsyncEnumerable<PictureOutcome<T>> PredictFilesAsync<T>(
        IReadOnlyList<string> files, PictureFinisher<T> finish, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(finish);
        options = Checked(options);
        return AsyncBridge.EnumerateAsync(ending => PredictFiles(files, finish, options, ending), cancellation);
    }

    /// <summary>
    /// Predicts pictures that arrive one after the other, from files, from memory or from both, and makes alphas, cut-outs or composites of
    /// them. Reading, network and finishing overlap; at most five pictures are at work or waiting to be fetched, whatever the stream brings; the outcomes come in the order of the
    /// pictures, each as soon as it is ready, even while the next picture is being waited for. A picture that cannot be read is an outcome with its
    /// <see cref="PictureOutcome{T}.Failure"/> and does not stop the others. Leaving the loop early stops the work, disposes the source and gives all buffers back.
    /// </summary>
    /// <param name="pictures">The pictures; a list becomes such a stream by <c>ToAsyncEnumerable</c>. Its enumerator gets a token that ends with the result's.</param>
    /// <param name="result">What is made; null: alphas at each picture's own size.</param>
    /// <param name="options">Augmentation, post-process and size; the batch does not matter, because no picture waits for another one.</param>
    /// <param name="cancellation">Stops at the next node of the network; so does the token of <c>WithCancellation</c>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MattingModelException">The network failed, while the result is enumerated.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed, while the result is enumerated.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled, while the result is enumerated.</exception>
    public IAsyncEnumerable<PictureOutcome<PixelImage>> PredictManyAsync(
        IAsyncEnumerable<PictureInput> pictures, ResultOptions? result = null, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        result ??= ResultOptions.Default;
        result.Check();
        return PredictManyAsync(pictures, (_, alpha) => alpha.ToResult(result), For(result, options), cancellation);
    }

    /// <summary>
    /// Predicts pictures that arrive one after the other; see
    /// <see cref="PredictManyAsync(IAsyncEnumerable{PictureInput}, ResultOptions?, PredictOptions?, CancellationToken)"/>.
    /// </summary>
    /// <typeparam name="T">What is made of each alpha.</typeparam>
    /// <param name="pictures">The pictures.</param>
    /// <param name="finish">Makes something of each alpha, on several threads of the pool.</param>
    /// <param name="options">Augmentation, post-process and size; the batch does not matter, because no picture waits for another one.</param>
    /// <param name="cancellation">Stops at the next node of the network; so does the token of <c>WithCancellation</c>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MattingModelException">The network failed, while the result is enumerated.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed, while the result is enumerated.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled, while the result is enumerated.</exception>
    public IAsyncEnumerable<PictureOutcome<T>> PredictManyAsync<T>(
        IAsyncEnumerable<PictureInput> pictures, PictureFinisher<T> finish, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(finish);
        return new PictureStream<T>(this, _session, Checked(options), finish).RunAsync(pictures, cancellation);
    }

    private static PredictOptions For(ResultOptions result, PredictOptions? options) =>
        (options ?? PredictOptions.Default) with { KeepPictures = result.Kind != ResultKind.Alpha };
}
