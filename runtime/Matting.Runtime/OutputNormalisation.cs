namespace Matting.Runtime;

/// <summary>
/// What makes alpha of a foreign network's output, each input's on its own, before flip-TTA takes the mean. Matting never stretches unless it is
/// told to: a stretch to the smallest and largest value of each picture, which most background removers apply, turns a half-transparent subject
/// opaque, an empty picture into amplified noise, and makes results depend on what else is in the picture.
/// </summary>
public enum OutputNormalisation
{
    /// <summary>The output is alpha already.</summary>
    None,

    /// <summary>The output is logits: <c>1 / (1 + exp(-x))</c>.</summary>
    Sigmoid,

    /// <summary><c>(x - min) / (max - min)</c> over each output map, as rembg and others do; a constant map stays as it is.</summary>
    MinMax,
}
