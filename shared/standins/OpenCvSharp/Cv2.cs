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

    public static unsafe void GaussianBlur(
        InputArray src,
        OutputArray dst,
        Size ksize,
        double sigmaX,
        double sigmaY = 0,
        BorderTypes borderType = BorderTypes.Default)
    {
        ArgumentNullException.ThrowIfNull(src);
        ArgumentNullException.ThrowIfNull(dst);
        Shim.Failure failure;
        Shim.GaussianBlur(src.CvPtr, dst.CvPtr, ksize.Width, ksize.Height, sigmaX, sigmaY, (int)borderType, &failure);
        src.KeepAlive();
        dst.KeepAlive();
        failure.ThrowIfAny();
    }

    public static unsafe void SetNumThreads(int nThreads)
    {
        Shim.Failure failure;
        Shim.SetNumThreads(nThreads, &failure);
        failure.ThrowIfAny();
    }

    public static unsafe int GetNumThreads()
    {
        int threads;
        Shim.Failure failure;
        Shim.GetNumThreads(&threads, &failure);
        failure.ThrowIfAny();
        return threads;
    }
}
