using Matting.Shared.Imaging;

namespace Matting.Trainer.Data;

/// <summary>Samples to judge by: whole pictures resized to a square, exactly as the runtime does it; nothing is random.</summary>
/// <param name="table">The samples.</param>
/// <param name="size">Width and height they are resized to, in pixels.</param>
/// <param name="profile">How pixels become numbers.</param>
/// <param name="reading">How pictures are read; null: the defaults.</param>
public sealed class ValidationSamples(SampleTable table, int size, NormalisationProfile profile, ImageReadOptions? reading = null) : ISampleSource
{
    private readonly PairReader _reader = new(table, reading ?? ImageReadOptions.Default);

    /// <inheritdoc/>
    public int Count => _reader.Count;

    /// <inheritdoc/>
    public int Size => size;

    /// <inheritdoc/>
    public void Load(int index, long epoch, Span<float> imageChw, Span<float> alpha01)
    {
        (PixelImage rgb, PixelImage alpha) = _reader.Read(index);
        Preprocessing.ToNchw(Preprocessing.ResizeForNetwork(rgb, size, size), profile, imageChw);
        Preprocessing.AlphaToUnit(Preprocessing.ResizeForNetwork(alpha, size, size), alpha01);
    }
}
