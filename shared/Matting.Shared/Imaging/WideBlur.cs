using System.Buffers;
using System.Numerics.Tensors;
using Matting.Shared.Imaging.Blurring;

namespace Matting.Shared.Imaging;

/// <summary>
/// <see cref="OpenCvBlur"/> for large sigmas at a small part of its cost: what such a blur leaves is so smooth that the exact weighted sums
/// are needed at a few places only, and a cubic polynomial through four neighbours gives the values between them.
/// </summary>
/// <remarks>
/// The places are <c>step = floor(sigma / 8)</c> pixels apart. A cubic through four points is off by at most 3/128 step^4 |f''''|, and a plane of
/// values up to 1 blurred by a Gaussian has |f''''| up to 2.8 / sigma^4; both axes together, and the ends of the kernel cut off at four
/// sigma as OpenCV does: at most 1e-4 times the largest magnitude of the plane, whatever its content. On standard normal noise it is some 1e-6.
/// </remarks>
public static class WideBlur
{
    // Below, places would be one pixel apart.
    private const double SmallestSigma = 16;
    private const int StepsInSigma = 8;

    /// <summary>The Gaussian blur of a plane, borders mirrored without repeating the edge; OpenCV's own for a sigma below 16.</summary>
    /// <inheritdoc cref="OpenCvBlur.Gaussian"/>
    public static void Gaussian(ReadOnlySpan<float> plane, int width, int height, double sigma, Span<float> result)
    {
        if (!(sigma >= SmallestSigma))
        {
            OpenCvBlur.Gaussian(plane, width, height, sigma, result);
            return;
        }
        OpenCvBlur.Check(plane, width, height, sigma, result);
        int step = (int)(sigma / StepsInSigma);
        SampledGaussian down = new(height, sigma, step), across = width == height ? down : new(width, sigma, step);
        float[] rented = ArrayPool<float>.Shared.Rent((2 * down.Places * width) + across.Places);
        Span<float> rows = rented.AsSpan(0, down.Places * width), smooth = rented.AsSpan(rows.Length, rows.Length), few = rented.AsSpan(2 * rows.Length, across.Places);

        WeightedRows.Sum(plane, width, down, rows);
        CubicSteps between = new(step);
        for (int place = 0; place < down.Places; place++)
        {
            ReadOnlySpan<float> row = rows.Slice(place * width, width);
            for (int at = 0; at < few.Length; at++)
                few[at] = TensorPrimitives.Dot(across.Weights(at), row[across.First(at)..across.End(at)]);
            between.Row(few, smooth.Slice(place * width, width));
        }
        between.Rows(smooth, width, result);
        ArrayPool<float>.Shared.Return(rented);
    }
}
