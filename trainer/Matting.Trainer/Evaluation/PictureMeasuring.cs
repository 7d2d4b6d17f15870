using System.Collections.Concurrent;

namespace Matting.Trainer.Evaluation;

/// <summary>Measures the pictures of a batch side by side.</summary>
internal sealed class PictureMeasuring(EvaluationOptions options)
{
    // each holds several planes of memory: kept for the next batch
    private readonly ConcurrentBag<PictureMeter> _meters = [];

    /// <summary>Measures a batch whose outputs are there.</summary>
    /// <returns>Its pictures in their order.</returns>
    public MeasuredPicture[] Measure(EvaluationBatch batch)
    {
        MeasuredPicture[] measured = new MeasuredPicture[batch.Pictures.Length];
        int[] inputs = FirstInputs(batch);
        if (measured.Length == 1)
            measured[0] = MeasureOne(batch, 0, inputs[0]);
        else
            Parallel.For(0, measured.Length, i => measured[i] = MeasureOne(batch, i, inputs[i]));
        return measured;
    }

    private MeasuredPicture MeasureOne(EvaluationBatch batch, int index, int firstInput)
    {
        LoadedPicture picture = batch.Pictures[index];
        if (picture.Failure is { } failure)
            return new MeasuredPicture(picture, new PictureScore { Sample = picture.Sample, Failure = failure }, null);
        PictureMeter meter = _meters.TryTake(out PictureMeter? kept) ? kept : new PictureMeter(options);
        Span<float> mirrored = options.InputsPerPicture == 2 ? batch.Alpha(firstInput + 1) : [];
        MeasuredPicture measured = meter.Measure(picture, batch.Alpha(firstInput), mirrored);
        _meters.Add(meter);
        return measured;
    }

    /// <summary>Where the inputs of each picture begin; those of failed ones do not matter.</summary>
    private int[] FirstInputs(EvaluationBatch batch)
    {
        int next = 0;
        return Array.ConvertAll(batch.Pictures, picture => picture.Failure is null ? (next += options.InputsPerPicture) - options.InputsPerPicture : -1);
    }
}
