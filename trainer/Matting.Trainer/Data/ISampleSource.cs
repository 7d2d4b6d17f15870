namespace Matting.Trainer.Data;

/// <summary>Samples as network input. Loading is free of state: any thread may load any sample.</summary>
public interface ISampleSource
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Height and width of every sample in pixels.</summary>
    int Size { get; }

    /// <summary>Loads a sample; the same arguments give the same numbers.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="epoch">Decides what is drawn at random.</param>
    /// <param name="imageChw">Receives the normalised picture, [3, Size, Size].</param>
    /// <param name="alpha01">Receives the alpha in 0..1, [Size, Size].</param>
    /// <exception cref="UnreadableSampleException">The sample cannot be used; the message names file and row.</exception>
    void Load(int index, long epoch, Span<float> imageChw, Span<float> alpha01);
}
