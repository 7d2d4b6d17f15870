using OpenCvSharp;

namespace Matting.Shared.Imaging;

/// <summary>
/// OpenCV's resizes, for networks that were trained with them (segmentation). They do not smooth when they shrink; pictures
/// for matting go through <see cref="PillowResize"/>. OpenCV may round the last level differently from version to version.
/// </summary>
public static class OpenCvResize
{
    /// <summary><c>INTER_LINEAR</c>: two neighbours in each direction, pixel centres aligned at half pixels.</summary>
    /// <param name="source">A picture of 1, 3 or 4 channels.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <returns>A new picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or a result beyond 2 GiB.</exception>
    public static PixelImage Bilinear(PixelImage source, int width, int height) => Resize(source, width, height, InterpolationFlags.Linear);

    /// <summary><c>INTER_NEAREST</c>: source pixel <c>floor(x * source / target)</c>; for masks of class indices.</summary>
    /// <inheritdoc cref="Bilinear"/>
    public static PixelImage Nearest(PixelImage source, int width, int height) => Resize(source, width, height, InterpolationFlags.Nearest);

    private static unsafe PixelImage Resize(PixelImage source, int width, int height, InterpolationFlags interpolation)
    {
        ArgumentNullException.ThrowIfNull(source);
        OpenCvThreads.Off();
        PixelImage result = new(width, height, source.Channels) { ColourProfile = source.ColourProfile };
        MatType type = source.Channels switch { 1 => MatType.CV_8UC1, 3 => MatType.CV_8UC3, _ => MatType.CV_8UC4 };
        fixed (byte* from = source.Pixels, to = result.Pixels)
        {
            using Mat sourceMat = Mat.FromPixelData(source.Height, source.Width, type, (nint)from);
            using Mat resultMat = Mat.FromPixelData(height, width, type, (nint)to);
            Cv2.Resize(sourceMat, resultMat, new Size(width, height), 0, 0, interpolation);
        }
        return result;
    }
}
