using System.Numerics.Tensors;

namespace Matting.Shared.Postprocessing;

/// <summary>
/// Flip test-time augmentation: a picture and its mirror are neighbours in a batch, and the result is
/// the mean of d0(x) and of d0(mirror x) mirrored back.
/// </summary>
public static class FlipTta
{
    /// <summary>Merges one pair of outputs.</summary>
    /// <param name="plain">Output for the picture, [H, W]; receives the mean.</param>
    /// <param name="mirrored">Output for its mirror, [H, W]; its rows are turned round in place.</param>
    /// <param name="width">Values a row.</param>
    public static void Merge(Span<float> plain, Span<float> mirrored, int width)
    {
        for (int row = 0; row < plain.Length; row += width)
        {
            Span<float> back = mirrored.Slice(row, width);
            back.Reverse();
            Span<float> mean = plain.Slice(row, width);
            TensorPrimitives.Add(mean, back, mean);
            TensorPrimitives.Multiply(mean, 0.5f, mean);
        }
    }
}
