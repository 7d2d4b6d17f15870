using System.Numerics;

namespace Matting.Trainer.Losses;

/// <summary>
/// The two Sobel slopes of one picture, and their transpose, row by row. Beyond the border lie zeros: rows of scratch memory have one
/// at either end, so that no column is special.
/// </summary>
internal static class SobelRows
{
    /// <summary>Numbers of a row of scratch memory for pictures of a width.</summary>
    public static int Padded(int width) => width + 2;

    /// <summary>
    /// Puts together what slopes are made of: s = above + 2 middle + below and d = above - below, each between two zeros.
    /// </summary>
    public static void Combine(ReadOnlySpan<float> above, ReadOnlySpan<float> middle, ReadOnlySpan<float> below, Span<float> sum, Span<float> difference)
    {
        int i = 0, width = middle.Length;
        (sum[0], sum[width + 1], difference[0], difference[width + 1]) = (0, 0, 0, 0);
        for (; i <= width - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> a = new(above[i..]), m = new(middle[i..]), b = new(below[i..]);
            (a + m + m + b).CopyTo(sum[(i + 1)..]);
            (a - b).CopyTo(difference[(i + 1)..]);
        }
        for (; i < width; i++)
            (sum[i + 1], difference[i + 1]) = (above[i] + middle[i] + middle[i] + below[i], above[i] - below[i]);
    }

    /// <summary>The slope sqrt(gx^2 + gy^2 + flat) of a row.</summary>
    public static void Slope(ReadOnlySpan<float> sum, ReadOnlySpan<float> difference, float flat, Span<float> slope)
    {
        int i = 0;
        for (; i <= slope.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> across = new Vector<float>(sum[i..]) - new Vector<float>(sum[(i + 2)..]);
            Vector<float> middle = new(difference[(i + 1)..]);
            Vector<float> down = new Vector<float>(difference[i..]) + middle + middle + new Vector<float>(difference[(i + 2)..]);
            Vector.SquareRoot(across * across + down * down + new Vector<float>(flat)).CopyTo(slope[i..]);
        }
        for (; i < slope.Length; i++)
        {
            (float across, float down) = At(sum, difference, i);
            slope[i] = MathF.Sqrt(across * across + down * down + flat);
        }
    }

    /// <summary>The gradients of both slopes of a row, given that of sqrt(gx^2 + gy^2 + flat): g gx / slope and g gy / slope.</summary>
    public static void SlopeGradients(
        ReadOnlySpan<float> sum, ReadOnlySpan<float> difference, float flat, ReadOnlySpan<float> gradient, Span<float> acrossGradient, Span<float> downGradient)
    {
        int i = 0;
        for (; i <= gradient.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> across = new Vector<float>(sum[i..]) - new Vector<float>(sum[(i + 2)..]);
            Vector<float> middle = new(difference[(i + 1)..]);
            Vector<float> down = new Vector<float>(difference[i..]) + middle + middle + new Vector<float>(difference[(i + 2)..]);
            Vector<float> scale = new Vector<float>(gradient[i..]) / Vector.SquareRoot(across * across + down * down + new Vector<float>(flat));
            (across * scale).CopyTo(acrossGradient[i..]);
            (down * scale).CopyTo(downGradient[i..]);
        }
        for (; i < gradient.Length; i++)
        {
            (float across, float down) = At(sum, difference, i);
            float scale = gradient[i] / MathF.Sqrt(across * across + down * down + flat);
            (acrossGradient[i], downGradient[i]) = (across * scale, down * scale);
        }
    }

    /// <summary>The transpose: a row of the picture's gradient.</summary>
    /// <param name="sum">above + 2 middle + below of the gradient across, from <see cref="Combine"/>.</param>
    /// <param name="difference">above - below of the gradient down.</param>
    /// <param name="result">Receives the row.</param>
    public static void Transpose(ReadOnlySpan<float> sum, ReadOnlySpan<float> difference, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> middle = new(difference[(i + 1)..]);
            Vector<float> down = new Vector<float>(difference[i..]) + middle + middle + new Vector<float>(difference[(i + 2)..]);
            (new Vector<float>(sum[(i + 2)..]) - new Vector<float>(sum[i..]) - down).CopyTo(result[i..]);
        }
        for (; i < result.Length; i++)
            result[i] = sum[i + 2] - sum[i] - (difference[i] + difference[i + 1] + difference[i + 1] + difference[i + 2]);
    }

    private static (float Across, float Down) At(ReadOnlySpan<float> sum, ReadOnlySpan<float> difference, int i) =>
        (sum[i] - sum[i + 2], difference[i] + difference[i + 1] + difference[i + 1] + difference[i + 2]);
}
