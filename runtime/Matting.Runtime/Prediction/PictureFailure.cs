using Matting.Shared.Imaging;

namespace Matting.Runtime.Prediction;

/// <summary>Tells failures of one picture, which the others survive, from failures of everything.</summary>
internal static class PictureFailure
{
    public static bool IsOfOnePicture(Exception failure) =>
        failure is ImageFileException or IOException or UnauthorizedAccessException or MattingModelException { Reason: MattingModelError.BadOutput or MattingModelError.OutOfMemory };
}
