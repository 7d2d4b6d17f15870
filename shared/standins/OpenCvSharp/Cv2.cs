using OpenCvSharp.Native;

namespace OpenCvSharp;

public static class Cv2
{
    public static unsafe void Resize(
        InputArray src,
        OutputArray dst,
        Size dsize,
        double fx = 0,
        double fy = 0,
        InterpolationFlags interpolation = InterpolationFlags.Linear)
    {
        ArgumentNullException.ThrowIfNull(src);
        ArgumentNullException.ThrowIfNull(dst);
        Shim.Failure failure;
        Shim.Resize(src.CvPtr, dst.CvPtr, dsize.Width, dsize.Height, fx, fy, (int)interpolation, &failure);
        src.KeepAlive();
        dst.KeepAlive();
        failure.ThrowIfAny();
    }
}
