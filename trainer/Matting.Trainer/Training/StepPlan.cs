namespace Matting.Trainer.Training;

/// <summary>Which batches of an epoch make up a training step; the last step of an epoch has what is left.</summary>
/// <param name="samples">Samples of an epoch.</param>
/// <param name="batch">Samples of a batch; the last has what is left.</param>
/// <param name="accumulate">Batches of a step, at least 1.</param>
internal sealed class StepPlan(int samples, int batch, int accumulate)
{
    private readonly long _samplesPerStep = (long)batch * accumulate;

    /// <summary>Training steps of an epoch.</summary>
    public int Steps => (int)((samples + _samplesPerStep - 1) / _samplesPerStep);

    /// <summary>Samples of a batch.</summary>
    /// <param name="index">The batch of the epoch, from 0.</param>
    public int Samples(int index) => (int)Math.Min(batch, samples - (long)index * batch);

    /// <summary>True for the first batch of a step.</summary>
    /// <param name="index">The batch of the epoch, from 0.</param>
    public bool Begins(int index) => index % accumulate == 0;

    /// <summary>True for the last batch of a step.</summary>
    /// <param name="index">The batch of the epoch, from 0.</param>
    public bool Ends(int index) => Begins(index + 1) || (index + 1L) * batch >= samples;

    /// <summary>
    /// What the mean loss of a batch counts in the mean over all samples of its step: its share of those samples. With it the
    /// gradients of the batches add up to the gradient of the one large batch.
    /// </summary>
    /// <param name="index">The batch of the epoch, from 0.</param>
    public double Share(int index)
    {
        long stepFirst = index / accumulate * _samplesPerStep;
        return (double)Samples(index) / Math.Min(_samplesPerStep, samples - stepFirst);
    }
}
