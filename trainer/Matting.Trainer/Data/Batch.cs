namespace Matting.Trainer.Data;

/// <summary>Samples side by side in reused memory; valid until the next batch is asked for.</summary>
public sealed class Batch
{
    private readonly float[] _images;
    private readonly float[] _alphas;
    private readonly string?[] _unreadable;

    internal Batch(int capacity, int size)
    {
        Size = size;
        _images = new float[3 * capacity * size * size];
        _alphas = new float[capacity * size * size];
        _unreadable = new string?[capacity];
    }

    /// <summary>Number of samples; the last batch of an epoch may have fewer than the others.</summary>
    public int Count { get; internal set; }

    /// <summary>Height and width of each sample in pixels.</summary>
    public int Size { get; }

    /// <summary>Normalised pictures, [Count, 3, Size, Size].</summary>
    public ReadOnlySpan<float> Images => _images.AsSpan(0, 3 * Count * Size * Size);

    /// <summary>Alphas in 0..1, [Count, 1, Size, Size].</summary>
    public ReadOnlySpan<float> Alphas => _alphas.AsSpan(0, Count * Size * Size);

    /// <summary>Why samples of this batch could not be read, one line for each; others stand in for them.</summary>
    public IEnumerable<string> Unreadable => _unreadable.Take(Count).OfType<string>();

    /// <summary>Notes of a sample whether it is what it should be.</summary>
    /// <param name="position">Its place.</param>
    /// <param name="unreadable">Why another one stands in for it; null when none does.</param>
    internal void Note(int position, string? unreadable) => _unreadable[position] = unreadable;

    /// <summary>The place of a sample's picture, [3, Size, Size].</summary>
    internal Span<float> ImageSlot(int position) => _images.AsSpan(3 * position * Size * Size, 3 * Size * Size);

    /// <summary>The place of a sample's alpha, [Size, Size].</summary>
    internal Span<float> AlphaSlot(int position) => _alphas.AsSpan(position * Size * Size, Size * Size);
}
