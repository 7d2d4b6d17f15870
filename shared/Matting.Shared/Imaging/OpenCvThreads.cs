using OpenCvSharp;

namespace Matting.Shared.Imaging;

/// <summary>
/// OpenCV works on the thread that calls it. The callers handle several pictures at once already, and what a picture becomes
/// must not depend on how OpenCV would have divided it.
/// </summary>
internal static class OpenCvThreads
{
    // not a static constructor: an exception about a missing library should arrive as it is
    private static readonly Lazy<int> Sequential = new(() =>
    {
        Cv2.SetNumThreads(1);
        return Cv2.GetNumThreads();
    });

    /// <summary>Switches OpenCV's own threads off for the whole process; only the first call does anything.</summary>
    internal static void Off() => _ = Sequential.Value;
}
