using OpenCvSharp;

namespace Matting.Shared.Imaging;

/// <summary>OpenCV's Gaussian blur of float32 planes; the last digits may differ from version to version.</summary>
public static class OpenCvBlur
{
    private const double LargestSigma = 1000;

    /// <summary>
    /// <c>GaussianBlur</c> with the kernel size left to OpenCV: <c>round(8 sigma + 1) | 1</c> taps in each direction,
    /// borders mirrored without repeating the edge (again and again where the plane is smaller than the kernel).
    /// </summary>
    /// <param name="plane">[height, width] values.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="sigma">Standard deviation in pixels, above 0, up to 1000.</param>
    /// <param name="result">Receives as many values; must not be the plane itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or a sigma out of its range.</exception>
    /// <exception cref="ArgumentException">A length is not width * height, or the two overlap.</exception>
    public static unsafe void Gaussian(ReadOnlySpan<float> plane, int width, int height, double sigma, Span<float> result)
    {
        Check(plane, width, height, sigma, result);
        OpenCvThreads.Off();
        fixed (float* from = plane, to = result)
        {
            using Mat source = Mat.FromPixelData(height, width, MatType.CV_32FC1, (nint)from);
            using Mat target = Mat.FromPixelData(height, width, MatType.CV_32FC1, (nint)to);
            Cv2.GaussianBlur(source, target, new Size(0, 0), sigma);
        }
    }

    /// <summary>Refuses arguments that are no blur.</summary>
    internal static void Check(ReadOnlySpan<float> plane, int width, int height, double sigma, ReadOnlySpan<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (!(sigma > 0 && sigma <= LargestSigma))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, $"a blur needs a sigma above 0, up to {LargestSigma}");
        if (plane.Length != (long)width * height || result.Length != plane.Length)
            throw new ArgumentException($"planes of {width}x{height} pixels have {(long)width * height} values, got {plane.Length} and room for {result.Length}", nameof(plane));
        if (plane.Overlaps(result))
            throw new ArgumentException("the result must not share memory with the plane", nameof(result));
    }
}
