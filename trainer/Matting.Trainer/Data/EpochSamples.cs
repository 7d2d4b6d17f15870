namespace Matting.Trainer.Data;

/// <summary>The samples of one epoch by their position in it, and what stands in for those that cannot be read.</summary>
/// <param name="source">The samples.</param>
/// <param name="order">The samples' indices in the order they come.</param>
/// <param name="epoch">Handed to the source.</param>
/// <param name="skipUnreadable">False: a sample that cannot be read is an error.</param>
internal sealed class EpochSamples(ISampleSource source, IReadOnlyList<int> order, long epoch, bool skipUnreadable)
{
    /// <summary>Whether these are the samples of an epoch in an order.</summary>
    public bool AreThose(IReadOnlyList<int> otherOrder, long otherEpoch) => otherEpoch == epoch && otherOrder.SequenceEqual(order);

    /// <summary>Samples of the epoch.</summary>
    public int Count => order.Count;

    /// <summary>Loads the sample of a position; the same on any thread, whatever else was loaded.</summary>
    /// <returns>Null, or why the sample could not be read: then another one was loaded.</returns>
    /// <exception cref="TrainingException">The sample cannot be used, or none of the epoch can.</exception>
    public string? Load(int position, Span<float> imageChw, Span<float> alpha01)
    {
        try
        {
            source.Load(order[position], epoch, imageChw, alpha01);
            return null;
        }
        catch (UnreadableSampleException e) when (skipUnreadable)
        {
            LoadStandIn(position, imageChw, alpha01, e);
            return e.Message;
        }
    }

    // the first readable one from half an epoch away on, so that it is hardly ever in the same batch; the negative epoch
    // gives it another crop than it has in its own place
    private void LoadStandIn(int position, Span<float> imageChw, Span<float> alpha01, UnreadableSampleException cause)
    {
        for (int i = 0; i < order.Count; i++)
        {
            int other = (int)((position + order.Count / 2 + (long)i) % order.Count);
            if (other == position)
                continue;
            try
            {
                source.Load(order[other], -epoch, imageChw, alpha01);
                return;
            }
            catch (UnreadableSampleException)
            {
                // the next one then
            }
        }
        throw new TrainingException($"none of the {order.Count} samples can be read; one of them: {cause.Message}", cause);
    }
}
