using Matting.Trainer.Data;

namespace Matting.Trainer.Evaluation;

/// <summary>Judges a model on a CSV of pictures with known alpha.</summary>
public static class EvaluationRun
{
    // one batch is read, one is in the network, one is measured
    private const int Stages = 3;

    /// <summary>
    /// Evaluates. While the network runs on a batch, the next one is read and the last one measured. A picture that cannot be read, or
    /// whose alpha is not made of numbers, does not stop the others.
    /// </summary>
    /// <param name="table">Pictures and true alphas.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How it is judged.</param>
    /// <param name="pictureDone">Told of each picture in the order of the CSV, on this thread; or null.</param>
    /// <param name="stop">Stops as soon as the network can.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EvaluationReport Run(
        SampleTable table, IEvaluatedModel model, EvaluationOptions options, Action<PictureScore>? pictureDone = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        List<PictureScore> scores = [];
        ShownPictures shown = new(options.Worst, options.Best);
        foreach (MeasuredPicture picture in Measured(table, model, options, stop))
        {
            shown.Offer(picture);
            scores.Add(picture.Score);
            pictureDone?.Invoke(picture.Score);
        }
        return new EvaluationReport
        {
            Csv = table.File,
            Model = model.Name,
            Network = model.Network,
            Engine = model.Engine,
            Profile = model.Profile.Name,
            Options = options,
            Pictures = scores,
            Shown = shown.Examples(),
        };
    }

    private static IEnumerable<MeasuredPicture> Measured(SampleTable table, IEvaluatedModel model, EvaluationOptions options, CancellationToken stop)
    {
        PictureLoading loading = new(table, model.Profile, options);
        PictureMeasuring measuring = new(options);
        int batches = (table.Rows.Count + options.Batch - 1) / options.Batch;
        EvaluationBatch[] ring = [.. Enumerable.Range(0, Math.Min(Stages, batches)).Select(_ => new EvaluationBatch(options))];
        Task<EvaluationBatch> next = Load(0);
        Task<MeasuredPicture[]>? last = null;
        try
        {
            for (int number = 0; number < batches; number++)
            {
                EvaluationBatch batch = next.GetAwaiter().GetResult();
                stop.ThrowIfCancellationRequested();
                if (number + 1 < batches)
                    next = Load(number + 1);
                if (batch.Inputs > 0)
                    model.Run(batch.Images, batch.Inputs, options.Height, options.Width, batch.Alphas, stop);
                foreach (MeasuredPicture picture in last?.GetAwaiter().GetResult() ?? [])
                    yield return picture;
                last = Task.Run(() => measuring.Measure(batch), CancellationToken.None);
            }
            foreach (MeasuredPicture picture in last?.GetAwaiter().GetResult() ?? [])
                yield return picture;
        }
        finally
        {
            // after an early end nobody wants the results, but nothing goes on behind the caller's back
            Task.WhenAll([next, last ?? Task.CompletedTask]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }

        Task<EvaluationBatch> Load(int number) => Task.Run(() => loading.Fill(ring[number % ring.Length], number, stop), CancellationToken.None);
    }
}
